/**
 * What happened to objects, until the runtime's trigger has delivered it and deletes the record: written in the same
 * change as the object, so that a killed runtime delivers later, and none is lost. Delivery may repeat.
 */
import type { EpochMs } from '../../../shared/clock';
import type { Context } from '../world';

/** What a trigger hears of: kept in the state until the runtime has delivered it. */
export interface Notification {
  sequence: number;
  /** `ObjectCreated:PutObject`, without the `oss:` that triggers are configured with. */
  eventName: `ObjectCreated:${'PutObject' | 'CopyObject'}` | `ObjectRemoved:${'DeleteObject' | 'DeleteObjects'}`;
  bucket: string;
  key: string;
  size: number;
  eTag: string;
  /** New size less old size. */
  deltaSize: number;
  at: EpochMs;
  requestId: string;
  sourceIp: string;
}

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
