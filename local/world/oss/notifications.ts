/**
 * What happened to objects, until the runtime's trigger has delivered it and deletes the record: written in the same
 * change as the object, so that a killed runtime delivers later, and none is lost. Delivery may repeat.
 */
import type { Context } from '../world';
import type { Notification } from './operations';

/** Keys are the sequence, padded: in the order of events. */
export const NOTIFICATIONS = 'oss.notifications';
const COUNTERS = 'oss.counters';

export function notify(context: Context, event: Omit<Notification, 'sequence' | 'at' | 'requestId'>): void {
  const sequence = (context.state.get<number>(COUNTERS, 'notification') ?? 0) + 1;
  context.state.put(COUNTERS, 'notification', sequence);
  context.state.put(NOTIFICATIONS, String(sequence).padStart(12, '0'), {
    sequence,
    ...event,
    at: context.now,
    requestId: context.requestId,
  } satisfies Notification);
}
