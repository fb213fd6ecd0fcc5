/**
 * A plan: what turns the recorded state into a revision. A value; making one touches nothing. It holds everything
 * that applying it needs, and a hash of all of it.
 */
import type { Brand } from '../brand';
import type { Desired, Kind, ResourceId, Step } from './desired';

/** `adopt`: nothing is changed; what stands is recorded as ours. */
export type Action = 'create' | 'update' | 'remove' | 'adopt' | 'keep';

/**
 * The resource's id for the one task that leads it to what is wanted; `vpn-connection/office-1~before` for one that comes
 * before that.
 */
export type TaskId = ResourceId | Brand<string, 'TaskId'>;

/** The removal of what a resource was, where another stands under its id afterwards. */
export const removalBefore = (resource: ResourceId): TaskId => `${resource}~before` as TaskId;

export interface Task {
  id: TaskId;
  resource: ResourceId;
  step: Step;
  kind: Kind;
  action: Action;
  /** Null for a removal. */
  desired: Desired | null;
  /** SHA-256 of the canonical JSON of `desired`. */
  desiredHash: string | null;
  /** The cloud's id of what is adopted; null for every other action. */
  adopts: string | null;
  /** The generation that this task makes, holds or removes; see RecordedResource. */
  generation: number;
  /** Must be done before; kept resources are left out, they are there already. */
  needs: TaskId[];
  /** Must have ended and settled before, however it ended: the cloud takes these writes one at a time. */
  after: TaskId[];
  /**
   * The joins: a subset of `needs` and `after` whose ends imply all the others (transitively). The position in this
   * list is the ordinal of the edge's column. Empty: the task starts the run.
   */
  edges: TaskId[];
  /** What the cloud changes one write at a time: `vpn-gateway/virginia`, `vpc/vpc-…`, `cen/…`. */
  containers: string[];
}

export interface Plan {
  format: 1;
  network: string;
  /** The revision this leads to. */
  revision: number;
  /** The live revision it was computed from; null for the first. */
  base: number | null;
  /** In a fixed topological order. Kept resources are listed with no edges. */
  tasks: Task[];
  summary: PlanSummary;
  /** SHA-256 over everything above. */
  hash: string;
}

/** Resources, not tasks. */
export interface PlanSummary {
  create: number;
  update: number;
  /** Removed and made anew under their id. */
  replace: number;
  remove: number;
  adopt: number;
  keep: number;
}
