import type { EpochMs } from '../clock';
import { hashJson, type Json } from '../json';

/**
 * One entry of a run's timeline: what one wake of one task did. A task's entries are a chain: each carries its number
 * and the digest of the one before, and the task's row, which only the claim's holder writes, the newest one's (audit.ts).
 */
export interface RunEvent {
  at: EpochMs;
  task: string;
  wake: number;
  /** The claim under which it was written; a claim writes one. */
  epoch: number;
  /** The invocation that did it. */
  owner: string;
  /** `created vpn-…`, `waits 20 s: the gateway is provisioning`, `done` … */
  what: string;
  calls: CallRecord[];
  /** Of the task's entries; the first is 1. */
  number: number;
  /** Digest of the entry before; empty before the first. */
  previous: string;
}

/** One call to the cloud. No parameters: they may carry a key (W7). */
export interface CallRecord {
  service: string;
  region: string | null;
  action: string;
  requestId: string | null;
  /** Null where it succeeded. */
  code: string | null;
}

/** Where a task's chain stands. */
export interface ChainHead {
  length: number;
  /** Digest of the newest entry; empty where there is none. */
  digest: string;
}

export const NO_CHAIN: ChainHead = { length: 0, digest: '' };

/** SHA-256 over all of it, in one text whatever order its fields were read in. */
export const digestOf = (event: RunEvent): string => hashJson(event as unknown as Json);

/** The entry that follows, and the head that it makes. */
export function chained(
  head: ChainHead,
  entry: Omit<RunEvent, 'number' | 'previous'>,
): { event: RunEvent; head: ChainHead } {
  const event = { ...entry, number: head.length + 1, previous: head.digest };
  return { event, head: { length: event.number, digest: digestOf(event) } };
}
