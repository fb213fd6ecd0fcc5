/** Which call a request is: verb, path and query to the world's input. */
import type { SmqInput } from '../../world/smq/operations';
import { SmqError } from '../../world/smq/smq-error';
import { firstValue, type Pair, parsePairs, percentDecode } from '../query';
import type { RawRequest } from '../raw';
import { readAttributes, readMessages, readReceiptHandles } from './read-xml';

export interface SmqCall {
  input: SmqInput;
  /** Whether the answer lists messages, or is one. */
  batch: boolean;
}

/** `/queues`, `/queues/N` and `/queues/N/messages`. */
export function smqCall(request: RawRequest): SmqCall {
  const [, root, name, messages, ...rest] = request.path.split('/');
  if (root !== 'queues' || rest.length > 0) throw badUrl();
  const query = parsePairs(request.query, { plusIsSpace: false });
  const queue = percentDecode(name ?? '');
  if (queue === '') return { input: listQueue(request), batch: false };
  if (messages === undefined || messages === '') return { input: queueCall(request, queue, query), batch: false };
  if (messages !== 'messages') throw badUrl();
  return messageCall(request, queue, query);
}

function listQueue(request: RawRequest): SmqInput {
  if (request.method !== 'GET') throw badUrl();
  return {
    operation: 'ListQueue',
    prefix: request.headers['x-mns-prefix'] ?? '',
    marker: request.headers['x-mns-marker'] ?? '',
    limit: Number(request.headers['x-mns-ret-number'] ?? 1_000),
  };
}

function queueCall({ method, body }: RawRequest, queue: string, query: Pair[]): SmqInput {
  switch (method) {
    case 'PUT': {
      const change = firstValue(query, 'metaoverride')?.toLowerCase() === 'true';
      return { operation: change ? 'SetQueueAttributes' : 'CreateQueue', queue, attributes: readAttributes(body) };
    }
    case 'GET':
      return { operation: 'GetQueueAttributes', queue };
    case 'DELETE':
      return { operation: 'DeleteQueue', queue };
    default:
      throw badUrl();
  }
}

function messageCall({ method, body }: RawRequest, queue: string, query: Pair[]): SmqCall {
  switch (method) {
    case 'POST': {
      const { batch, messages } = readMessages(body);
      return { input: { operation: 'SendMessages', queue, messages }, batch };
    }
    case 'GET':
      return receiveCall(queue, query);
    case 'PUT':
      return { input: visibilityCall(queue, query), batch: false };
    case 'DELETE': {
      const handle = handleOf(query);
      const receiptHandles = handle === null ? readReceiptHandles(body) : [handle];
      return { input: { operation: 'DeleteMessages', queue, receiptHandles }, batch: handle === null };
    }
    default:
      throw badUrl();
  }
}

function receiveCall(queue: string, query: Pair[]): SmqCall {
  const given = firstValue(query, 'numOfMessages');
  const count = given === null ? 1 : integer('numOfMessages', given);
  if (firstValue(query, 'peekonly')?.toLowerCase() === 'true')
    return { input: { operation: 'PeekMessages', queue, count }, batch: given !== null };
  const wait = firstValue(query, 'waitseconds');
  const waitSeconds = wait === null ? null : integer('waitseconds', wait);
  return { input: { operation: 'ReceiveMessages', queue, count, waitSeconds }, batch: given !== null };
}

function visibilityCall(queue: string, query: Pair[]): SmqInput {
  const receiptHandle = handleOf(query);
  if (receiptHandle === null) throw new SmqError(400, 'MissingReceiptHandle', 'ReceiptHandle is required.');
  const timeout = firstValue(query, 'visibilityTimeout') ?? firstValue(query, 'VisibilityTimeout');
  if (timeout === null) throw new SmqError(400, 'MissingVisibilityTimeout', 'VisibilityTimeout is required.');
  const visibilityTimeout = integer('VisibilityTimeout', timeout);
  return { operation: 'ChangeMessageVisibility', queue, receiptHandle, visibilityTimeout };
}

/** The same parameter is written with a small letter to change, with a capital to delete. */
const handleOf = (query: Pair[]): string | null =>
  firstValue(query, 'ReceiptHandle') ?? firstValue(query, 'receiptHandle');

function integer(name: string, text: string): number {
  if (!/^-?\d{1,9}$/.test(text))
    throw new SmqError(400, 'InvalidQueryString', `Http request URL contains invalid querystring item "${name}".`);
  return Number(text);
}

const badUrl = (): SmqError => new SmqError(400, 'InvalidRequestURL', 'Http request URL format invalid.');
