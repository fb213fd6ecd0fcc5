/** What a look found to be otherwise than recorded. */
import type { ResourceRecord } from '../engine/record';
import type { Kind, ResourceId } from '../plan/desired';

export interface DriftFinding {
  resource: ResourceId;
  kind: Kind;
  /** As recorded; null where the record holds none any more. */
  cloudId: string | null;
  ownership: ResourceRecord['ownership'];
  /** `foreign`: something that nobody recorded stands in its way. */
  what: 'changed' | 'gone' | 'foreign';
  detail: string;
  remedy: string;
  /**
   * What a repair does with it; null where it is only reported. `renegotiate`: changed back, and down until the office's
   * device has it, too.
   */
  repair: 'change' | 'renegotiate' | 'make' | null;
  /** Of the record as it was looked at: a repair of another one is refused. */
  version: number;
}

/** What could not be looked at, and why. */
export interface NotSeen {
  resource: ResourceId;
  why: string;
}
