/** InvokeFunction: the world says whether it may be, the runtime carries it out. */
import { type FcOutput, fcRequest } from '../../world/fc/operations';
import type { Caller } from '../../world/world';
import type { InvocationAnswer } from '../invoke';
import { firstValue, parsePairs, percentDecode } from '../query';
import type { RawRequest, RawResponse } from '../raw';
import type { Exchange } from '../wire';
import { errorAnswer } from './error-answer';

const PATH = /^\/2023-03-30\/functions\/([^/]+)\/invocations$/;
const LOG_TAIL_BYTES = 4_096;
/** A task is an asynchronous invocation whose course can be asked for, which is not served here. */
const ASYNCHRONOUS = new Set(['async', 'task']);

export const isInvocation = ({ method, path }: RawRequest): boolean => method === 'POST' && PATH.test(path);

export async function serveInvocation(request: RawRequest, caller: Caller, exchange: Exchange): Promise<RawResponse> {
  const { options } = exchange;
  const name = percentDecode(PATH.exec(request.path)?.[1] ?? '');
  const qualifier = firstValue(parsePairs(request.query, { plusIsSpace: true }), 'qualifier') ?? '';
  const type = (request.headers['x-fc-invocation-type'] ?? 'Sync').toLowerCase();
  const asynchronous = ASYNCHRONOUS.has(type);
  if (!asynchronous && type !== 'sync')
    return errorAnswer([400, 'InvalidArgument', `x-fc-invocation-type '${type}' is not valid`], exchange.requestId);
  const payload = request.body.toString('base64');
  const { requestId, output } = await options.handle(
    fcRequest(caller, { operation: 'InvokeFunction', name, qualifier, asynchronous, payload }),
  );
  // The world answers this service's requests with this service's outputs.
  const allowed = output as FcOutput;
  if (!allowed.ok) return errorAnswer([allowed.status, allowed.code, allowed.message], requestId);
  if (asynchronous) {
    const task = request.headers['x-fc-async-task-id'];
    const headers = { 'x-fc-request-id': requestId, ...(task === undefined ? {} : { 'x-fc-async-task-id': task }) };
    return { status: 202, headers, body: '' };
  }
  const invoke = options.invoke;
  if (!invoke) return errorAnswer([503, 'ServiceUnavailable', 'no runtime is attached'], requestId);
  const answer = await invoke({ functionName: name, event: request.body, requestId });
  const tail = request.headers['x-fc-log-type']?.toLowerCase() === 'tail';
  const checksum = String(allowed.body?.codeChecksum ?? '');
  return responseOf(answer, { requestId, checksum, tail });
}

interface Asked {
  requestId: string;
  /** Of the code that the caller meant. */
  checksum: string;
  tail: boolean;
}

/** A function that failed is a success of the invocation: a header tells. */
function responseOf(answer: InvocationAnswer, { requestId, checksum, tail }: Asked): RawResponse {
  if (answer.outcome === 'throttled')
    return errorAnswer([429, 'ResourceExhausted', 'all instances of the function are busy'], requestId);
  const headers = {
    'x-fc-request-id': requestId,
    'x-fc-instance-id': answer.instanceId,
    'x-fc-code-checksum': checksum,
    'x-fc-invocation-service-version': 'LATEST',
    ...(tail ? { 'x-fc-log-result': logTail(answer.log) } : {}),
  };
  if (answer.outcome === 'answered')
    return { status: 200, headers: { ...headers, 'content-type': 'application/octet-stream' }, body: answer.result };
  const { errorMessage, errorType, stackTrace } = answer;
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': 'application/json',
      'x-fc-error-type': answer.initializing ? 'InitializationError' : 'UnhandledInvocationError',
    },
    body: JSON.stringify({ errorMessage, errorType, stackTrace }),
  };
}

const logTail = (lines: readonly string[]): string =>
  Buffer.from(lines.map((line) => `${line}\n`).join(''))
    .subarray(-LOG_TAIL_BYTES)
    .toString('base64');
