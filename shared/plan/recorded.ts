/** What the records say of a resource: the planner's other input beside the topology, and what the engine keeps. */
import type { JsonObject } from '../json';
import type { Desired, Kind, ResourceId } from './desired';

export interface RecordedResource {
  id: ResourceId;
  kind: Kind;
  region: string | null;
  /** Counts the resources made under this id one after another; part of the identity and so of name, tags and token (W1). */
  generation: number;
  /** The cloud's id, or the tuple that stands for one; null until create returned. */
  cloudId: string | null;
  /** `borrowed`: found in our place; used, never changed or removed (W6). */
  ownership: 'ours' | 'borrowed';
  /** Hash of the desired attributes last seen fulfilled; null until then, and while a change of them is under way. */
  desiredHash: string | null;
  /**
   * The desired attributes it was last made for or changed to. They say what changes in place, and what a removal
   * must come after. Where they are not kept, the planner does the cautious thing instead.
   */
  desired?: Desired | null;
  /** Facts that others need and that only the cloud knows: addresses, table ids, versions. No secret. */
  attributes: JsonObject;
}

/** A removal that has ended leaves neither an id nor what it was made for; its row stays for the generation. */
export const mayStand = ({ cloudId, desired }: Pick<RecordedResource, 'cloudId' | 'desired'>): boolean =>
  cloudId !== null || desired !== null;
