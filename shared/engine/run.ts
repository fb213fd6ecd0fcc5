import type { Brand } from '../brand';
import type { EpochMs } from '../clock';
import type { Question } from '../plan/approval';

/** `acme-global.3f2a91c0.7`: network, incarnation, sequence. Deterministic, so that a start cut off is completed, not doubled. */
export type RunId = Brand<string, 'RunId'>;

/** `superseded`: a newer revision stopped it; `cancelled`: somebody did. */
export const OUTCOMES = ['succeeded', 'failed', 'superseded', 'cancelled'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * `starting` until every row is there; only then `ready`, and steps refuse it before (W1). `stopping`: a newer
 * revision came, or somebody cancelled it; nothing new is begun, what is in flight is brought to where its record is true (W5).
 */
export type RunState = 'starting' | 'ready' | 'stopping' | 'ended';

export interface Run {
  id: RunId;
  network: string;
  incarnation: string;
  revision: number;
  /** Where the revision's bytes are kept. */
  topologyObject: string;
  planHash: string;
  state: RunState;
  startedAt: EpochMs;
  endedAt: EpochMs | null;
  outcome: Outcome | null;
  /** Digest of all that its tasks did; null until its end. See audit.ts. */
  seal: string | null;
}

/** One topology's life over time. Moved by compare-and-set on `version` only. */
export interface NetworkRow {
  name: string;
  incarnation: string;
  /** `oss:topologies/acme.yaml` or `ticket:service-desk`: the first one owns the name. */
  source: string;
  /** The newest accepted revision; 0 before the first: the name is reserved and nobody's. */
  latest: number;
  /** SHA-256 of its bytes. */
  latestHash: string;
  /** Where its bytes are kept in the bucket. */
  latestObject: string;
  /** The newest revision that was applied whole. */
  live: number | null;
  /** Where its bytes are kept. */
  liveObject: string | null;
  activeRun: RunId | null;
  /** Runs started so far. */
  runs: number;
  lastRun: RunId | null;
  outcome: Outcome | null;
  /** The last plan that somebody had to agree to; null where none ever was. */
  question: NetworkQuestion | null;
  version: number;
}

/** Who wants the plan, and is gone back to once enough people have agreed. */
export type Asker =
  | { kind: 'file'; key: string }
  | { kind: 'submission'; id: string }
  /** `base`: the revision that whoever ordered it had seen. */
  | { kind: 'destroy'; base: number }
  /** Of a network that has no file to go back in. */
  | { kind: 'rollback'; base: number; revision: number };

export interface NetworkQuestion extends Question {
  asker: Asker;
  /** What it has become; null while it waits. */
  revision: number | null;
}

export const runId = (network: string, incarnation: string, sequence: number): RunId =>
  `${network}.${incarnation}.${sequence}` as RunId;
