/** OSS over HTTP: both signatures, in the header or in a presigned URL; buckets by host or by path. */
import { type OssOutput, ossRequest } from '../../world/oss/operations';
import { OssError } from '../../world/oss/oss-error';
import { firstValue, parsePairs } from '../query';
import type { RawRequest, RawResponse } from '../raw';
import { judge, type Refusal, type Verdict } from '../signatures/claim';
import { ossV1Claim, type SignedResource } from '../signatures/oss-v1';
import { hasOssV4, ossV4Claim } from '../signatures/oss-v4';
import type { Exchange } from '../wire';
import { xmlDocument } from '../xml';
import { addresses, namesBucketInHost } from './address';
import { ossCall } from './oss-call';
import { writeResult } from './write-xml';

/** The second signature (`OSS2 AccessKeyId:…`) is known and not served: it is refused as one that cannot be read. */
export function isOss(request: RawRequest): boolean {
  const { authorization } = request.headers;
  if (authorization !== undefined) return /^OSS[24]?[ -]/.test(authorization);
  const query = parsePairs(request.query, { plusIsSpace: false });
  return (
    firstValue(query, 'OSSAccessKeyId') !== null ||
    firstValue(query, 'x-oss-signature') !== null ||
    namesBucketInHost(request)
  );
}

const REFUSALS: Record<Refusal, readonly [status: number, code: string, message: string]> = {
  unsigned: [403, 'AccessDenied', 'You have no right to access this object because of bucket acl.'],
  malformed: [400, 'InvalidArgument', 'Authorization header is invalid.'],
  'unreadable-time': [403, 'AccessDenied', 'OSS authentication requires a valid Date.'],
  'unknown-key': [403, 'InvalidAccessKeyId', 'The OSS Access Key Id you provided does not exist in our records.'],
  skewed: [403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'],
  expired: [403, 'AccessDenied', 'Request has expired.'],
  'wrong-signature': [
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  'missing-token': [403, 'InvalidAccessKeyId', 'The OSS Access Key Id you provided needs a security token.'],
  'wrong-token': [403, 'InvalidSecurityToken', 'The security token you provided is invalid.'],
  'expired-token': [403, 'SecurityTokenExpired', 'The security token you provided has expired.'],
};

export async function serveOss(request: RawRequest, { options, requestId }: Exchange): Promise<RawResponse> {
  try {
    const { verdict, resource } = authenticate(request, options);
    if (!verdict.ok) throw new OssError(...REFUSALS[verdict.refusal]);
    const call = ossCall(request, resource);
    const response = await options.handle(ossRequest(verdict.caller, call.input));
    // The world answers this service's requests with this service's outputs.
    const output = response.output as OssOutput;
    if (!output.ok) return errorAnswer(request, output, response.requestId);
    const answer = writeResult(output.result, { request, call, accountId: verdict.caller.accountId });
    return { ...answer, headers: { ...answer.headers, 'x-oss-request-id': response.requestId } };
  } catch (error) {
    if (!(error instanceof OssError)) throw error;
    return errorAnswer(request, error, requestId);
  }
}

/** Among the readings of the address, the one that was signed; the last one's refusal where none was. */
function authenticate(
  request: RawRequest,
  options: Exchange['options'],
): { verdict: Verdict; resource: SignedResource } {
  const [first, ...others] = addresses(request);
  const claimOf = hasOssV4(request) ? ossV4Claim : ossV1Claim;
  const verdictOf = (resource: SignedResource) => judge(claimOf(request, resource), options.credential, options.now());
  let tried = { verdict: verdictOf(first), resource: first };
  for (const resource of others) if (!tried.verdict.ok) tried = { verdict: verdictOf(resource), resource };
  return tried;
}

/** A HEAD has no body: its error travels in a header. */
function errorAnswer(
  request: RawRequest,
  { status, code, message }: { status: number; code: string; message: string },
  requestId: string,
): RawResponse {
  const body = xmlDocument([
    'Error',
    [
      ['Code', code],
      ['Message', message],
      ['RequestId', requestId],
      ['HostId', request.headers['host'] ?? ''],
    ],
  ]);
  const headers = { 'x-oss-request-id': requestId, 'content-type': 'application/xml' };
  if (request.method !== 'HEAD') return { status, headers, body };
  return { status, headers: { ...headers, 'x-oss-err': Buffer.from(body).toString('base64') }, body: '' };
}
