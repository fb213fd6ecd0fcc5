/**
 * A plan: what turns the recorded state into a revision. A value; making one touches nothing. It holds everything
 * that applying it needs, and a hash of all of it.
 */
import type { Desired, Kind, ResourceId, Step } from './desired';

export type Action = 'create' | 'update' | 'replace' | 'remove' | 'keep';

export interface Task {
  /** The resource's id: one task a resource. */
  id: ResourceId;
  step: Step;
  kind: Kind;
  action: Action;
  /** Null for a removal. */
  desired: Desired | null;
  /** SHA-256 of the canonical JSON of `desired`. */
  desiredHash: string | null;
  /** The generation that this task makes or holds; see RecordedResource. */
  generation: number;
  /** Must be done before; kept resources are left out, they are there already. */
  needs: ResourceId[];
  /** Must have ended and settled before, however it ended: the cloud takes these writes one at a time. */
  after: ResourceId[];
  /**
   * The joins: a subset of `needs` and `after` whose ends imply all the others (transitively). The position in this
   * list is the ordinal of the edge's column. Empty: the task starts the run.
   */
  edges: ResourceId[];
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

export interface PlanSummary {
  create: number;
  update: number;
  replace: number;
  remove: number;
  keep: number;
}
