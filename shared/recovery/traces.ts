/** What the bucket remembers of one network. */
import type { RunNote } from '../engine/bucket-notes';
import type { ResourceRecord } from '../engine/record';
import type { Outcome, RunId } from '../engine/run';
import type { Plan } from '../plan/plan';
import type { Topology } from '../topology/topology';

export interface RunTrace {
  run: RunId;
  sequence: number;
  /** Null where it was taken, and nothing of it was written yet. */
  note: RunNote | null;
  /** Of its report; null where none was published: superseded, cut off, or still at work. */
  outcome: Outcome | null;
}

export interface Traces {
  network: string;
  incarnation: string;
  source: string;
  /** Of this incarnation, by sequence. */
  runs: RunTrace[];
  /** Of the newest run that has any, and of those before it back to the one whose records were kept. Newest first. */
  plans: Plan[];
  /** As the newest run that kept them left them. */
  records: ResourceRecord[];
  /** Of the newest run; null where none has begun. */
  topology: { object: string; hash: string; parsed: Topology } | null;
  /** Objects of revisions that no run was planned from. */
  unplanned: string[];
}

/** What a recovery's own run has instead of a plan's hash. */
export const RECOVERY = 'recovery';

/** The newest that planned anything, or recovered; null where nothing has begun. */
export const newestNote = ({ runs }: Pick<Traces, 'runs'>): RunNote | null =>
  runs.findLast(({ note }) => note !== null)?.note ?? null;

/** The newest that had work in the cloud. */
export const newestAtWork = ({ runs }: Pick<Traces, 'runs'>): RunTrace | null =>
  runs.findLast(({ note }) => note?.planHash !== RECOVERY) ?? null;

/** `acme.3f2a91c0.7`: names have no dots. */
export function sequenceOf(run: string, incarnation: string): number | null {
  const match = /^[a-z][a-z0-9-]*\.([^.]+)\.(\d{1,9})$/.exec(run);
  return match?.[1] === incarnation ? Number(match[2]) : null;
}
