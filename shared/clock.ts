import type { Brand } from './brand';

/** A point in time, in milliseconds since 1970-01-01 UTC. */
export type EpochMs = Brand<number, 'EpochMs'>;
/** A length of time, in milliseconds. */
export type DurationMs = Brand<number, 'DurationMs'>;

/** What tells the time. Handed in everywhere, so that tests and simulations own it. */
export interface Clock {
  /** Wall time; may jump. */
  now(): EpochMs;
  /** Milliseconds from an arbitrary origin; never goes back. Budgets are measured with it. */
  monotonic(): DurationMs;
}

export const epochMs = (value: number): EpochMs => value as EpochMs;
export const durationMs = (value: number): DurationMs => value as DurationMs;
export const seconds = (value: number): DurationMs => (value * 1_000) as DurationMs;
export const minutes = (value: number): DurationMs => (value * 60_000) as DurationMs;
export const after = (instant: EpochMs, duration: DurationMs): EpochMs => (instant + duration) as EpochMs;
export const between = (from: EpochMs, to: EpochMs): DurationMs => (to - from) as DurationMs;

/**
 * The clock of a cloud whose time runs `rate` times as fast as ours and showed `cloudOrigin` when ours showed
 * `realOrigin`. The local cloud's `--speed` hands these to its functions, so that their leases and deadlines are
 * counted in the same time as the queue's delays and the gateways' states. On an account the rate is 1.
 */
export interface ClockRate {
  realOrigin: EpochMs;
  cloudOrigin: EpochMs;
  rate: number;
}

export function systemClock(rate: ClockRate = { realOrigin: epochMs(0), cloudOrigin: epochMs(0), rate: 1 }): Clock {
  return {
    // biome-ignore lint/plugin: this file owns the clock.
    now: () => epochMs(Math.round(rate.cloudOrigin + (Date.now() - rate.realOrigin) * rate.rate)),
    // biome-ignore lint/plugin: this file owns the clock.
    monotonic: () => durationMs(performance.now() * rate.rate),
  };
}

/** ISO 8601 with seconds, as VPC, CEN and most of Alibaba Cloud's APIs write times. */
export const isoSeconds = (instant: EpochMs): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
