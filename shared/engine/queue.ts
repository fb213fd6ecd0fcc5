import type { DurationMs } from '../clock';
import type { JsonObject } from '../json';
import type { Step } from '../plan/desired';

export type QueueName = Step | 'intake' | 'report' | 'callback';

/** Delivered at least once, in any order, some time after `delay` (whole seconds, rounded up). Throws QueueUnavailable. */
export interface Queue {
  send(queue: QueueName | 'dead-letters', message: JsonObject, delay: DurationMs): Promise<void>;
}
