/** What the triggers have in common: waits in the cloud's time, and chance for their jitter. */
import { randomInt } from 'node:crypto';
import { setTimeout as timer } from 'node:timers/promises';
import type { DurationMs } from '../../shared/clock';

export interface RetryTiming {
  /** How many real milliseconds so much of the cloud's time takes. */
  realMs(cloudMs: number): number;
  wait(cloud: DurationMs): Promise<void>;
  /** From 0 to 1. */
  chance(): number;
}

export const retryTiming = (rate: number): RetryTiming => ({
  realMs: (cloudMs) => Math.ceil(cloudMs / rate),
  wait: (cloud) => timer(Math.ceil(cloud / rate), undefined, { ref: false }).then(() => undefined),
  chance: () => randomInt(1_000_000) / 1_000_000,
});
