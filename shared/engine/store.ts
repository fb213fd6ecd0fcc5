/**
 * What the engine asks of the store. One file a verb under shared/store/ over Tablestore; every write is conditional,
 * and a refused one is an answer, not an error. Throws StoreUnavailable where the store cannot be reached.
 */
import type { EpochMs } from '../clock';
import type { JsonObject } from '../json';
import type { ResourceId } from '../plan/desired';
import type { TaskId } from '../plan/plan';
import type { ChainHead, RunEvent } from './event';
import type { ResourceRecord } from './record';
import type { NetworkRow, Run, RunId, RunState } from './run';
import type { Claim, Failure, Task, TaskDefinition, TaskOutcome, TaskState } from './task';

export interface TaskStore {
  readRun(run: RunId): Promise<Run | null>;
  readTask(run: RunId, task: TaskId): Promise<Task | null>;
  /** By id; ids without a row are left out. */
  readTaskStates(run: RunId, tasks: readonly TaskId[]): Promise<ReadonlyMap<TaskId, TaskState>>;
  /** Takes the task for `owner` if its row is still as `seen` shows it, and moves it to `wake` (W2, W4). */
  claimTask(
    seen: Task,
    /** The deadline is the task's own; its first claim sets it. */
    claim: { owner: string; leaseUntil: EpochMs; wake: number; deadlineAt: EpochMs },
  ): Promise<Claim | null>;
  /** Gives the claim back and moves the row to the next wake; false where the claim was lost. */
  parkTask(claim: Claim, next: ParkedTask): Promise<boolean>;
  /** Writes the outcome; false where the claim was lost. */
  endTask(claim: Claim, end: EndedTask): Promise<boolean>;
  /** One column on the dependent's row; writing it twice changes nothing. */
  writeEdge(run: RunId, dependent: TaskId, ordinal: number, outcome: TaskOutcome): Promise<void>;
  markPropagated(run: RunId, task: TaskId): Promise<void>;
  readRecords(owner: NetworkKey, ids: readonly ResourceId[]): Promise<ReadonlyMap<ResourceId, ResourceRecord>>;
  /** Compare-and-set on `version` (0: must not exist); the record as written, or null where another was faster. */
  writeRecord(owner: NetworkKey, record: ResourceRecord): Promise<ResourceRecord | null>;
  appendEvent(run: RunId, event: RunEvent): Promise<void>;
}

export interface ParkedTask {
  wake: number;
  dueAt: EpochMs;
  attempts: number;
  deadlineAt: EpochMs | null;
  progress: JsonObject;
  chain: ChainHead;
}

export interface EndedTask {
  outcome: TaskOutcome;
  failure: Failure | null;
  chain: ChainHead;
}

/** Records outlive runs and belong to one life of a network. */
export interface NetworkKey {
  network: string;
  incarnation: string;
}

/** Who holds a place, by which attempt to take it, and since when. */
export interface PlaceHolder extends NetworkKey {
  attempt: string;
  at: EpochMs;
}

export interface OpenItem {
  kind: 'run' | 'submission';
  id: string;
  network: string;
  at: EpochMs;
}

export interface RunStore {
  readNetwork(name: string): Promise<NetworkRow | null>;
  /** All networks, in name order; bounded by the account's quotas. */
  listNetworks(): Promise<NetworkRow[]>;
  /** Compare-and-set on `version` (0: must not exist); the row as written, or null where another was faster. */
  writeNetwork(row: NetworkRow): Promise<NetworkRow | null>;
  /** A VPC or a CEN instance for this network: who holds it now. */
  takePlace(place: string, by: PlaceHolder): Promise<PlaceHolder>;
  /** From a holder that is through with it; false where it has moved since. */
  takeOverPlace(place: string, from: PlaceHolder, to: PlaceHolder): Promise<boolean>;
  /** Nothing where another attempt of the same network has taken it since. */
  leavePlace(place: string, by: PlaceHolder): Promise<void>;
  allRecords(owner: NetworkKey): Promise<ResourceRecord[]>;
  /** Written once; a second time changes nothing. */
  createRun(run: Run): Promise<void>;
  readRun(run: RunId): Promise<Run | null>;
  /** False where the run was not in `from`. */
  moveRun(run: RunId, from: readonly RunState[], to: RunState): Promise<boolean>;
  /** Nothing where it has ended. */
  endRun(run: RunId, end: { outcome: NonNullable<Run['outcome']>; endedAt: EpochMs; seal: string }): Promise<void>;
  /** Each expected not to exist; those that do are left as they are. */
  createTasks(tasks: readonly TaskDefinition[], dueAt: EpochMs): Promise<void>;
  readTasks(run: RunId): Promise<Task[]>;
  /** What the sweep ranges over: runs that have not ended, and submissions that intake has not taken. */
  noteOpen(item: OpenItem): Promise<void>;
  /** With `at`, that note and no later one. */
  forgetOpen(item: Pick<OpenItem, 'kind' | 'id'> & Partial<Pick<OpenItem, 'at'>>): Promise<void>;
  listOpen(): Promise<OpenItem[]>;
  readEvents(run: RunId): Promise<RunEvent[]>;
}
