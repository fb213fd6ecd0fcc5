/**
 * Function Compute over HTTP: the API 2023-03-30 with ACS3, and the one call of the older API that the deployment tool
 * still makes, with that API's signature. Invocations stand in invoke-function.ts.
 */
import type { Json } from '../../../shared/json';
import { type FcOutput, fcRequest } from '../../world/fc/operations';
import { ENDPOINT } from '../../world/fc/trigger-view';
import { parsePairs } from '../query';
import type { RawRequest, RawResponse } from '../raw';
import { acs3Claim } from '../signatures/acs3';
import { judge, type Refusal } from '../signatures/claim';
import { fcV1Claim, hasFcV1 } from '../signatures/fc-v1';
import type { Exchange } from '../wire';
import { errorAnswer, type FcRefusal } from './error-answer';
import { isInvocation, serveInvocation } from './invoke-function';
import { route } from './routes';

const CURRENT = '/2023-03-30';
const TEMP_BUCKET_TOKEN = '/2016-08-15/tempBucketToken';

export const isFc = ({ path }: RawRequest): boolean =>
  path.startsWith(`${CURRENT}/`) || path.startsWith('/2016-08-15/');

const REFUSALS: Record<Refusal, FcRefusal> = {
  unsigned: [400, 'MissingRequiredHeader', 'required HTTP header Authorization was not specified'],
  malformed: [400, 'InvalidArgument', "header 'Authorization' is invalid"],
  'unreadable-time': [400, 'InvalidArgument', "header 'x-acs-date' is invalid"],
  'unknown-key': [403, 'InvalidAccessKeyID', 'invalid access key ID'],
  skewed: [403, 'RequestTimeTooSkewed', 'the difference between the request time and the current time is too large'],
  expired: [403, 'RequestTimeTooSkewed', 'the difference between the request time and the current time is too large'],
  'wrong-signature': [
    403,
    'SignatureNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your access key and signing method',
  ],
  'missing-token': [403, 'InvalidSecurityToken', 'the security token is missing'],
  'wrong-token': [403, 'InvalidSecurityToken', 'the security token is invalid'],
  'expired-token': [403, 'InvalidSecurityToken', 'the security token has expired'],
};

export async function serveFc(request: RawRequest, exchange: Exchange): Promise<RawResponse> {
  const { options, requestId, endpoint } = exchange;
  const reached = endpoint ?? `http://${request.headers['host'] ?? ''}`;
  const verdict = judge(hasFcV1(request) ? fcV1Claim(request) : acs3Claim(request), options.credential, options.now());
  if (!verdict.ok) return errorAnswer(REFUSALS[verdict.refusal], requestId);
  if (request.path === TEMP_BUCKET_TOKEN && request.method === 'GET')
    return answer(await options.handle(fcRequest(verdict.caller, { operation: 'GetTempBucketToken' })), reached);
  if (isInvocation(request)) return serveInvocation(request, verdict.caller, exchange);
  const body = jsonOf(request.body);
  if (body === undefined) return errorAnswer([400, 'InvalidArgument', 'the body is not JSON'], requestId);
  const path = request.path.startsWith(CURRENT) ? request.path.slice(CURRENT.length) : '';
  const query = parsePairs(request.query, { plusIsSpace: true });
  const input = route({ method: request.method, path, query, body });
  if (input === null)
    return errorAnswer(
      [400, 'PathNotSupported', `'${request.path}' against '${request.method}' is not supported`],
      requestId,
    );
  return answer(await options.handle(fcRequest(verdict.caller, input)), reached);
}

/** Only the wire knows where it is reached. */
function answer(response: { requestId: string; output: unknown }, endpoint: string): RawResponse {
  // The world answers this service's requests with this service's outputs.
  const output = response.output as FcOutput;
  if (!output.ok) return errorAnswer([output.status, output.code, output.message], response.requestId);
  const { status, body } = output;
  const headers = { 'x-fc-request-id': response.requestId, 'content-type': 'application/json' };
  if (body === null) return { status, headers, body: '' };
  return { status, headers, body: JSON.stringify(body).replaceAll(ENDPOINT, endpoint) };
}

/** Nothing that the API takes is deeper than six; what reads it recurses, and 8,000 levels end the stack. */
const DEEPEST = 32;

/** Undefined where it is none, or none that anybody means; a request without a body has the empty one. */
function jsonOf(body: Buffer): Json | undefined {
  if (body.length === 0) return {};
  try {
    const value: Json = JSON.parse(body.toString('utf8'));
    return isWithin(value, DEEPEST) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isWithin = (value: Json, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((child) => isWithin(child, levels - 1)));
