import type { Desired, Kind, ResourceId } from '../desired';
import type { Action, TaskId } from '../plan';

/** What becomes of one resource, or one part of it: a task before it knows its place among the others. */
export interface Change {
  id: TaskId;
  resource: ResourceId;
  kind: Kind;
  action: Action;
  /** Null for a removal. */
  desired: Desired | null;
  desiredHash: string | null;
  /** What the record says that it was made for; null where there is no record, or none that tells. */
  previous: Desired | null;
  /** The cloud's id of what is adopted. */
  adopts: string | null;
  generation: number;
}

export const isWork = (change: Change): boolean => change.action !== 'keep';
