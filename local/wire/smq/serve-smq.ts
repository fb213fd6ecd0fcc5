/** SMQ over HTTP. Long polling happens here: the world answers at once, and the wire asks again until the wait is over. */
import { createHash } from 'node:crypto';
import { type SmqInput, type SmqOutput, smqRequest } from '../../world/smq/operations';
import { SmqError } from '../../world/smq/smq-error';
import type { Caller, WorldResponse } from '../../world/world';
import type { RawRequest, RawResponse } from '../raw';
import { judge, type Refusal } from '../signatures/claim';
import { smqClaim } from '../signatures/smq';
import type { Exchange } from '../wire';
import { smqCall } from './smq-call';
import { errorAnswer, writeResult } from './write-xml';

export const isSmq = (request: RawRequest): boolean =>
  request.headers['x-mns-version'] !== undefined || (request.headers['authorization']?.startsWith('MNS ') ?? false);

/** The most that a waiting receive sleeps between two looks, in the cloud's time: what it does not see, it polls. */
const LOOK_EVERY_MS = 100;
/** Against a `wait` that returns at once and a clock that stands still. */
const MOST_LOOKS = 1_000;

const REFUSALS: Record<Refusal, readonly [status: number, code: string, message: string]> = {
  unsigned: [400, 'MissingAuthorizationHeader', 'Authorization header is required.'],
  malformed: [400, 'InvalidAuthorizationHeader', 'The Authorization header format is invalid.'],
  'unreadable-time': [400, 'InvalidDateHeader', 'The Date header format is invalid.'],
  'unknown-key': [403, 'InvalidAccessKeyId', 'The AccessKey Id you provided is not exist.'],
  skewed: [408, 'TimeExpired', 'The http request you sent is expired.'],
  expired: [408, 'TimeExpired', 'The http request you sent is expired.'],
  'wrong-signature': [
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  'missing-token': [403, 'InvalidSecurityToken', 'The security token is required.'],
  'wrong-token': [403, 'InvalidSecurityToken', 'The security token you provided is invalid.'],
  'expired-token': [403, 'SecurityTokenExpired', 'The security token you provided has expired.'],
};

export async function serveSmq(request: RawRequest, { options, requestId }: Exchange): Promise<RawResponse> {
  const respond = (answered: string, response: RawResponse): RawResponse => ({
    ...response,
    headers: { ...response.headers, 'x-mns-request-id': answered, 'x-mns-version': '2015-06-06' },
  });
  try {
    const verdict = judge(smqClaim(request), options.credential, options.now());
    if (!verdict.ok) throw new SmqError(...REFUSALS[verdict.refusal]);
    checkDigest(request);
    const call = smqCall(request);
    const response = await ask(call.input, verdict.caller, request, options);
    // The world answers this service's requests with this service's outputs.
    const output = response.output as SmqOutput;
    const asked = { call, request, requestId: response.requestId };
    return respond(
      response.requestId,
      output.ok ? writeResult(output.result, asked) : errorAnswer(output, response.requestId),
    );
  } catch (error) {
    if (!(error instanceof SmqError)) throw error;
    return respond(requestId, errorAnswer(error, requestId));
  }
}

/** The official client sends the base64 of the digest's hexadecimal text, others of its bytes. */
function checkDigest(request: RawRequest): void {
  const given = request.headers['content-md5'];
  if (given === undefined || request.body.length === 0) return;
  const digest = createHash('md5').update(request.body).digest();
  const forms = [digest.toString('base64'), Buffer.from(digest.toString('hex')).toString('base64')];
  if (!forms.includes(given)) throw new SmqError(400, 'InvalidDegist', 'The Content-MD5 you specified is invalid.');
}

/** Asks once, and a receive that waits again and again: until a message, the time, or the client's going. */
async function ask(
  input: SmqInput,
  caller: Caller,
  request: RawRequest,
  options: Exchange['options'],
): Promise<WorldResponse> {
  let response = await options.handle(smqRequest(caller, input));
  let waitUntil: number | null = null;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const output = response.output as SmqOutput<'ReceiveMessages'>;
    if (input.operation !== 'ReceiveMessages' || !output.ok || output.result.messages.length > 0) break;
    const { now, nextVisibleAt } = output.result;
    waitUntil ??= output.result.waitUntil;
    if (now >= waitUntil || request.signal?.aborted) break;
    await options.wait(Math.min(waitUntil - now, LOOK_EVERY_MS, Math.max(1, (nextVisibleAt ?? waitUntil) - now)));
    // Nobody to hand a message to: it would only become invisible.
    if (request.signal?.aborted) break;
    response = await options.handle(smqRequest(caller, input));
  }
  return response;
}
