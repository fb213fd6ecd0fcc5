/** What a receipt handle allows: to keep the message longer, and to delete it. */
import { after, seconds } from '../../../shared/clock';
import type { Context } from '../world';
import { heldEntry, moveEntry, receiptHandle, removeMessage } from './message';
import type { Operations } from './operations';
import { checkRange, findQueue } from './queue';
import { MOST_IN_BATCH } from './send-messages';
import { invalidArgument, SmqError } from './smq-error';

export function changeMessageVisibility(
  context: Context,
  input: Operations['ChangeMessageVisibility']['input'],
): Operations['ChangeMessageVisibility']['result'] {
  findQueue(context, input.queue);
  checkRange(input.visibilityTimeout, 'VisibilityTimeout', 1, 43_200, 'seconds');
  const entry = heldEntry(context, input.queue, input.receiptHandle);
  const visibleAt = after(context.now, seconds(input.visibilityTimeout));
  const key = moveEntry(context.state, input.queue, entry, visibleAt);
  return { receiptHandle: receiptHandle(entry.priority, key), nextVisibleAt: visibleAt };
}

export function deleteMessages(
  context: Context,
  { queue, receiptHandles }: Operations['DeleteMessages']['input'],
): Operations['DeleteMessages']['result'] {
  findQueue(context, queue);
  if (receiptHandles.length < 1 || receiptHandles.length > MOST_IN_BATCH)
    throw invalidArgument(`The count of receipt handles should between 1 and ${MOST_IN_BATCH}.`);
  const failures: Operations['DeleteMessages']['result']['failures'] = [];
  for (const receiptHandle of receiptHandles) {
    try {
      removeMessage(context.state, queue, heldEntry(context, queue, receiptHandle));
    } catch (error) {
      if (!(error instanceof SmqError)) throw error;
      const { code, message, status } = error;
      failures.push({ receiptHandle, code, message, status });
    }
  }
  return { failures };
}
