import type { Desired, Kind, ResourceId } from '../desired';
import type { Action } from '../plan';

/** What becomes of one resource: a task before it knows its place among the others. */
export interface Change {
  id: ResourceId;
  kind: Kind;
  action: Action;
  /** Null for a removal. */
  desired: Desired | null;
  desiredHash: string | null;
  /** What the record says that it was made for; null where there is no record, or none that tells. */
  previous: Desired | null;
  generation: number;
}

export const isWork = (change: Change): boolean => change.action !== 'keep';
