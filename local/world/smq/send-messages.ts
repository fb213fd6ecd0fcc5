import { createHash } from 'node:crypto';
import { after, seconds } from '../../../shared/clock';
import type { Context } from '../world';
import {
  type MessageRecord,
  messagesOf,
  receiptHandle,
  type VisibilityRecord,
  visibilityKey,
  visibilityOf,
} from './message';
import type { Operations, OutgoingMessage, SentMessage } from './operations';
import { checkRange, findQueue, type QueueRecord } from './queue';
import { invalidArgument, outOfRange } from './smq-error';

export const MOST_IN_BATCH = 16;
const MOST_BATCH_BYTES = 65_536;
const DEFAULT_PRIORITY = 8;
const COUNTERS = 'smq.counters';

/** All or none: a batch with one bad message is refused whole. */
export function sendMessages(
  context: Context,
  { queue, messages }: Operations['SendMessages']['input'],
): Operations['SendMessages']['result'] {
  const record = findQueue(context, queue);
  if (messages.length < 1 || messages.length > MOST_IN_BATCH)
    throw invalidArgument(`The count of messages should between 1 and ${MOST_IN_BATCH}.`);
  const size = messages.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  if (size > MOST_BATCH_BYTES) throw outOfRange('Messages', 1, MOST_BATCH_BYTES, 'bytes');
  for (const message of messages) checkMessage(message, record);
  return { messages: messages.map((message) => send(context, record, message)) };
}

function checkMessage({ body, delaySeconds, priority }: OutgoingMessage, { maximumMessageSize }: QueueRecord): void {
  checkRange(Buffer.byteLength(body), 'MessageBody', 1, maximumMessageSize, 'bytes');
  if (delaySeconds !== null) checkRange(delaySeconds, 'DelaySeconds', 0, 604_800, 'seconds');
  if (priority !== null) checkRange(priority, 'Priority', 1, 16, '');
}

function send(context: Context, queue: QueueRecord, { body, delaySeconds, priority }: OutgoingMessage): SentMessage {
  const message: MessageRecord = {
    messageId: context.newId('').toUpperCase(),
    body,
    bodyMd5: createHash('md5').update(body).digest('hex').toUpperCase(),
    priority: priority ?? DEFAULT_PRIORITY,
    enqueuedAt: context.now,
    expiresAt: after(context.now, seconds(queue.messageRetentionPeriod)),
  };
  const delay = delaySeconds ?? queue.delaySeconds;
  const entry: VisibilityRecord = {
    messageId: message.messageId,
    priority: message.priority,
    sequence: nextSequence(context),
    dequeueCount: 0,
    firstDequeuedAt: null,
  };
  const key = visibilityKey(after(context.now, seconds(delay)), entry.sequence);
  context.state.put(messagesOf(queue.queue), message.messageId, message);
  context.state.put(visibilityOf(queue.queue), key, entry);
  const { messageId, bodyMd5 } = message;
  return { messageId, bodyMd5, receiptHandle: delay > 0 ? receiptHandle(message.priority, key) : null };
}

function nextSequence(context: Context): number {
  const next = (context.state.get<number>(COUNTERS, 'sequence') ?? 0) + 1;
  context.state.put(COUNTERS, 'sequence', next);
  return next;
}
