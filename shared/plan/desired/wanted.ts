import type { Desired, ResourceId } from '../desired';

/** What one pass contributes: a resource before its needs are known. */
export interface Wanted<D extends Desired = Desired> {
  id: ResourceId;
  desired: D;
}
