/** What the triggers have in common: waits in the cloud's time, and chance for their jitter. */
import { randomInt } from 'node:crypto';
import { setTimeout as timer } from 'node:timers/promises';
import { type DurationMs, durationMs } from '../../shared/clock';

export interface RetryTiming {
  /** How many real milliseconds so much of the cloud's time takes. */
  realMs(cloud: DurationMs): number;
  /** How much of the cloud's time so many real milliseconds are. */
  cloudMs(realMs: number): DurationMs;
  wait(cloud: DurationMs): Promise<void>;
  /** From 0 to 1. */
  chance(): number;
}

export function retryTiming(rate: number): RetryTiming {
  const realMs = (cloud: DurationMs): number => Math.ceil(cloud / rate);
  return {
    realMs,
    cloudMs: (real) => durationMs(real * rate),
    wait: (cloud) => timer(realMs(cloud), undefined, { ref: false }).then(() => undefined),
    chance: () => randomInt(1_000_000) / 1_000_000,
  };
}
