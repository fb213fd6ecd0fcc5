/** Receiving and peeking: what is visible now, without what has outlived its retention or its receives. */
import { after, seconds } from '../../../shared/clock';
import type { Context } from '../world';
import {
  type Entry,
  type MessageRecord,
  messagesOf,
  moveEntry,
  nextVisibleAt,
  peeked,
  receiptHandle,
  removeMessage,
  visibilityKey,
  visibilityOf,
  visibleEntries,
} from './message';
import type { Operations, ReceivedMessage } from './operations';
import { checkRange, findQueue, QUEUES, type QueueRecord } from './queue';
import { MOST_IN_BATCH } from './send-messages';

export function receiveMessages(
  context: Context,
  { queue, count, waitSeconds }: Operations['ReceiveMessages']['input'],
): Operations['ReceiveMessages']['result'] {
  const record = findQueue(context, queue);
  checkRange(count, 'numOfMessages', 1, MOST_IN_BATCH, '');
  if (waitSeconds !== null) checkRange(waitSeconds, 'waitseconds', 0, 30, 'seconds');
  const messages: ReceivedMessage[] = [];
  for (const { entry, message } of deliverable(context, record)) {
    if (messages.length === count) break;
    messages.push(take(context, record, entry, message));
  }
  return {
    messages,
    now: context.now,
    nextVisibleAt: messages.length > 0 ? null : nextVisibleAt(context.state, queue),
    waitUntil: after(context.now, seconds(waitSeconds ?? record.pollingWaitSeconds)),
  };
}

export function peekMessages(
  context: Context,
  { queue, count }: Operations['PeekMessages']['input'],
): Operations['PeekMessages']['result'] {
  const record = findQueue(context, queue);
  checkRange(count, 'numOfMessages', 1, MOST_IN_BATCH, '');
  const messages = [];
  for (const { entry, message } of deliverable(context, record)) {
    if (messages.length === count) break;
    messages.push(peeked(message, entry));
  }
  return { messages };
}

function take(context: Context, queue: QueueRecord, entry: Entry, message: MessageRecord): ReceivedMessage {
  const visibleAt = after(context.now, seconds(queue.visibilityTimeout));
  const received: Entry = {
    ...entry,
    dequeueCount: entry.dequeueCount + 1,
    firstDequeuedAt: entry.firstDequeuedAt ?? context.now,
  };
  const key = moveEntry(context.state, queue.queue, received, visibleAt);
  return { ...peeked(message, received), receiptHandle: receiptHandle(entry.priority, key), nextVisibleAt: visibleAt };
}

/** Clears away on its path: what has expired, and what belongs to the dead-letter queue. */
function* deliverable(context: Context, queue: QueueRecord): Generator<{ entry: Entry; message: MessageRecord }> {
  for (const entry of visibleEntries(context.state, queue.queue, context.now)) {
    const message = context.state.get<MessageRecord>(messagesOf(queue.queue), entry.messageId);
    if (!message || message.expiresAt <= context.now) removeMessage(context.state, queue.queue, entry);
    else if (!buried(context, queue, entry, message)) yield { entry, message };
  }
}

/** Where the policy's target is missing, the message stays and is delivered again. */
function buried(context: Context, queue: QueueRecord, entry: Entry, message: MessageRecord): boolean {
  const policy = queue.deadLetterPolicy;
  if (!policy?.enabled || entry.dequeueCount < policy.maxReceiveCount) return false;
  const target = policy.targetQueue.split('/').at(-1) ?? '';
  const targetQueue = context.state.get<QueueRecord>(QUEUES, target);
  if (!targetQueue) return false;
  const { key: _, ...visibility } = entry;
  removeMessage(context.state, queue.queue, entry);
  context.state.put(messagesOf(target), message.messageId, {
    ...message,
    expiresAt: after(context.now, seconds(targetQueue.messageRetentionPeriod)),
  } satisfies MessageRecord);
  context.state.put(visibilityOf(target), visibilityKey(context.now, entry.sequence), visibility);
  return true;
}
