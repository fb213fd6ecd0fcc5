/** Tablestore over HTTP: POST of an operation's name, protobuf both ways, headers signed both ways. */
import { createHash } from 'node:crypto';
import { type TablestoreOutput, tablestoreRequest } from '../../world/tablestore/operations';
import { invalid, TablestoreError } from '../../world/tablestore/tablestore-error';
import type { RawRequest, RawResponse } from '../raw';
import { judge, type Refusal } from '../signatures/claim';
import { signTablestoreAnswer, tablestoreClaim } from '../signatures/tablestore';
import type { Exchange } from '../wire';
import { DECODERS } from './decode-request';
import { encodeResult } from './encode-response';
import { encode, MessageError } from './message';
import { PlainbufferError } from './plainbuffer';
import { ErrorMessage } from './protocol';

export const isTablestore = (request: RawRequest): boolean =>
  request.headers['x-ots-apiversion'] !== undefined || request.headers['x-ots-accesskeyid'] !== undefined;

const REQUIRED_HEADERS = ['x-ots-date', 'x-ots-apiversion', 'x-ots-accesskeyid', 'x-ots-contentmd5', 'x-ots-signature'];

const REFUSALS: Record<Refusal, string> = {
  unsigned: 'Signature mismatch.',
  malformed: 'Signature mismatch.',
  'wrong-signature': 'Signature mismatch.',
  'unknown-key': 'The AccessKey ID does not exist.',
  'unreadable-time': 'Mismatch between system time and x-ots-date.',
  skewed: 'Mismatch between system time and x-ots-date.',
  expired: 'Mismatch between system time and x-ots-date.',
  'missing-token': 'The STS token is missing.',
  'wrong-token': 'The STS token is invalid.',
  'expired-token': 'The STS token has expired.',
};

interface Answer {
  status: number;
  body: Buffer;
  requestId: string;
  /** Whose secret signs the answer; null where the client has shown none. */
  signer: { accessKeyId: string; secret: string } | null;
}

export async function serveTablestore(request: RawRequest, exchange: Exchange): Promise<RawResponse> {
  return respond(request, exchange.options.now(), await answer(request, exchange));
}

async function answer(request: RawRequest, { options, requestId }: Exchange): Promise<Answer> {
  let signer: Answer['signer'] = null;
  try {
    checkHeaders(request);
    const verdict = judge(tablestoreClaim(request), options.credential, options.now());
    if (!verdict.ok) throw authFailed(REFUSALS[verdict.refusal]);
    signer = { accessKeyId: verdict.caller.accessKeyId, secret: verdict.secret };
    const name = request.path.slice(1);
    const decode = DECODERS.get(name);
    if (!decode) throw invalid(`Unsupported operation: '${name}'.`);
    const input = { ...decode(request.body), instance: request.headers['x-ots-instancename'] ?? '' };
    const response = await options.handle(tablestoreRequest(verdict.caller, input));
    // The world answers this service's requests with this service's outputs.
    const output = response.output as TablestoreOutput;
    if (!output.ok) return failure(output, response.requestId, signer);
    return { status: 200, body: encodeResult(input.operation, output.result), requestId: response.requestId, signer };
  } catch (error) {
    return failure(asServiceError(error), requestId, signer);
  }
}

function checkHeaders(request: RawRequest): void {
  if (request.method !== 'POST')
    throw new TablestoreError(405, 'OTSMethodNotAllowed', 'Only POST method for requests is supported.');
  const missing = REQUIRED_HEADERS.find((name) => request.headers[name] === undefined);
  if (missing !== undefined) throw invalid(`Missing header: '${missing}'.`);
  if (request.headers['x-ots-contentmd5'] !== createHash('md5').update(request.body).digest('base64'))
    throw authFailed('Mismatch between MD5 value of request body and x-ots-contentmd5 in header.');
}

const authFailed = (message: string): TablestoreError => new TablestoreError(403, 'OTSAuthFailed', message);

function asServiceError(error: unknown): TablestoreError {
  if (error instanceof TablestoreError) return error;
  if (error instanceof PlainbufferError) return invalid(error.message);
  if (error instanceof MessageError) return invalid('Parse PBMessage from RawString failed.');
  throw error;
}

const failure = (
  { status, code, message }: { status: number; code: string; message: string },
  requestId: string,
  signer: Answer['signer'],
): Answer => ({ status, body: encode(ErrorMessage, { code, message }), requestId, signer });

/** The JavaScript SDK checks none of these headers; the Python one checks all. */
function respond(request: RawRequest, now: number, { status, body, requestId, signer }: Answer): RawResponse {
  const headers = {
    'x-ots-contentmd5': createHash('md5').update(body).digest('base64'),
    'x-ots-contenttype': 'protocol buffer',
    'x-ots-date': new Date(now).toISOString().replace('Z', '000Z'),
    'x-ots-requestid': requestId,
  };
  const authorization =
    signer && `OTS ${signer.accessKeyId}:${signTablestoreAnswer(signer.secret, request.path, headers)}`;
  return { status, headers: { ...headers, ...(authorization && { authorization }) }, body };
}
