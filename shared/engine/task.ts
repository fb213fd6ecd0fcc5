import type { EpochMs } from '../clock';
import type { JsonObject } from '../json';
import type { Desired, Kind, ResourceId, Step } from '../plan/desired';
import type { Action, TaskId } from '../plan/plan';
import type { ChainHead } from './event';
import type { RunId } from './run';

/** Every task ends as done, failed or undone; `undone`: what it needed was not done, or the run was stopped. */
export type TaskOutcome = 'done' | 'failed' | 'undone';
export type TaskState = 'open' | TaskOutcome;

/** The report is a task like the others: it has no resource and runs in the report function. */
export const REPORT = 'report' as TaskId;

/** What a task's row keeps from the plan. */
export interface TaskDefinition {
  run: RunId;
  id: TaskId;
  /** Whose record it moves; null for the report. */
  resource: ResourceId | null;
  step: Step | 'report';
  kind: Kind | 'report';
  action: Action;
  desired: Desired | null;
  desiredHash: string | null;
  /** The cloud's id of what is adopted; null for every other action. */
  adopts: string | null;
  needs: TaskId[];
  edges: TaskId[];
  /** Whom this task frees: their rows get column `e_<ordinal>`. */
  dependents: Dependent[];
}

export interface Dependent {
  id: TaskId;
  step: Step | 'report';
  ordinal: number;
}

export interface Failure {
  /** A cloud error's code, or one of the engine's own: `Vanished`, `DeadlinePassed` … */
  code: string;
  message: string;
  requestId: string | null;
}

export interface Task extends TaskDefinition {
  state: TaskState;
  /** Counts the task's moves; a message below it is late and dropped (W4). */
  wake: number;
  /** The invocation that holds the claim; empty where none does. */
  owner: string;
  /** Grows with every claim; every write of the holder is conditional on it (W2). */
  epoch: number;
  leaseUntil: EpochMs;
  attempts: number;
  /** When its next message is expected; the sweep sends one that is overdue. */
  dueAt: EpochMs;
  /** Set by the first claim, since a move may kill its holder; past it the task fails (W8). */
  deadlineAt: EpochMs | null;
  /** Its dependents have their edges and their messages. */
  propagated: boolean;
  failure: Failure | null;
  /** What the next wake needs to know of this one; the report's phase, for one. */
  progress: JsonObject;
  /** Of its entries in the run's timeline. */
  chain: ChainHead;
  /** By ordinal: which needs have ended, and how. */
  edgeOutcomes: ReadonlyMap<number, TaskOutcome>;
}

/** What the holder of a claim may write with (W2). */
export interface Claim {
  run: RunId;
  task: TaskId;
  owner: string;
  epoch: number;
  /** The wake that the claim was taken for. */
  wake: number;
}

/** What a queue carries. `format` guards against a message from a newer version being misread. */
export interface TaskMessage {
  format: 1;
  run: RunId;
  task: TaskId;
  wake: number;
}

export const taskMessage = (run: RunId, task: TaskId, wake: number): TaskMessage => ({
  format: 1,
  run,
  task,
  wake,
});

/** All joins are there: every edge has its column. */
export const isFreed = (task: Pick<Task, 'edges' | 'edgeOutcomes'>): boolean =>
  task.edges.every((_, ordinal) => task.edgeOutcomes.has(ordinal));
