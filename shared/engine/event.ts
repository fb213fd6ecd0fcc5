import type { EpochMs } from '../clock';

/** One entry of a run's timeline: what one wake of one task did. */
export interface RunEvent {
  at: EpochMs;
  task: string;
  wake: number;
  /** The invocation that did it. */
  owner: string;
  /** `created vpn-…`, `waits 20 s: the gateway is provisioning`, `done` … */
  what: string;
  calls: CallRecord[];
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
