/**
 * The contract of a resource kind: observe, create, update, remove. One file a kind under shared/resources/.
 *
 * - `prepare`, `find` and `observe` never write.
 * - `create` tolerates "exists" by throwing a CloudError of class `exists`; the engine looks again. It makes one
 *   thing and returns; it never waits for it to become ready.
 * - `update` tolerates "already so", `remove` tolerates "gone".
 * - None of them waits, retries or sleeps.
 * - Parameters hold no secret: a key is named by its secret and version, and read where the call is made (W7).
 */
import type { DurationMs } from '../clock';
import type { JsonObject } from '../json';
import type { Desired, Kind, ResourceId } from '../plan/desired';
import type { RecordedResource } from '../plan/recorded';
import type { Cloud } from './cloud';

/** What makes a thing ours (W1): it goes into name, tags, description and token. */
export interface Identity {
  deployment: string;
  network: string;
  /** Unique per life of the network: a network removed and made again under its name is another one. */
  incarnation: string;
  resource: ResourceId;
  generation: number;
  /** Deterministic, unique, at most 100 characters, starting with a letter: `trunkline-acme-office-1-3f2a…`. */
  name: string;
  tags: { key: string; value: string }[];
}

/** The records of the resources that the desired attributes name, by id. */
export type References = ReadonlyMap<ResourceId, RecordedResource>;

export type Observation =
  | { state: 'absent' }
  | {
      state: 'present';
      cloudId: string;
      /** `settled`: in its wanted state and its container idle; `changing`: ask again later. */
      phase: 'settled' | 'changing';
      /** The cloud says that it will never settle (`FinancialLocked`); null where all is well. */
      failure: string | null;
      /** Facts for others and for `differences`; no secret. */
      attributes: JsonObject;
    };

export interface Created {
  /** The cloud's id, or the tuple that stands for one, as one string. */
  cloudId: string;
}

/** What must change on a present resource before it is as desired. */
export type Difference =
  | { kind: 'none' }
  /** `cuts`: down from then on, until somebody outside has changed the other end, too. */
  | { kind: 'update'; reason: string; cuts?: true }
  /** More is to be changed, once somebody outside has done their part. */
  | { kind: 'await'; reason: string }
  | { kind: 'replace'; reason: string }
  /** Not ours to change and not as needed: the task fails and says so. */
  | { kind: 'refuse'; reason: string };

export interface ResourceKind<D extends Desired = Desired> {
  readonly kind: D['kind'];
  /** Whether the create call takes a ClientToken. Without one the engine looks twice before it makes again. */
  readonly clientToken: boolean;
  /** Whether a thing that was there before us, and that our marker did not announce, is used as it is. */
  readonly borrows: boolean;
  /** After create or update, how long until it is worth looking. */
  readonly pollAfter: DurationMs;
  /**
   * From the first move to done; past it the task fails with id and marker kept (W8). Half an hour at least: it ends
   * what would never end, and a busy neighbour must not.
   */
  readonly deadline: DurationMs;
  /** Instead, where what stands is changed and somebody outside may have to do their part; left out: as above. */
  readonly changeDeadline?: DurationMs;

  /** The exact parameters of the create call, stored in the marker and sent verbatim by every retry. Reads only. */
  prepare(input: { desired: D; references: References; identity: Identity; cloud: Cloud }): Promise<JsonObject>;
  /** By name, tag or tuple, over all pages: what stands in our place. */
  find(input: { desired: D; parameters: JsonObject; identity: Identity; cloud: Cloud }): Promise<Observation>;
  /** By the recorded id. */
  observe(input: { desired: D; cloudId: string; parameters: JsonObject; cloud: Cloud }): Promise<Observation>;
  create(input: { desired: D; parameters: JsonObject; token: string; cloud: Cloud }): Promise<Created>;
  /**
   * Pure: whether what was found carries our mark. Left out where nothing does but its attribute `name`, or nothing at
   * all: then only a record tells whose it is.
   */
  recognises?(input: { desired: D; identity: Identity; attributes: JsonObject }): boolean;
  /** Pure: compares only what we set. */
  differences(input: {
    desired: D;
    identity: Identity;
    ownership: RecordedResource['ownership'];
    attributes: JsonObject;
    references: References;
  }): Difference;
  /** One change towards `desired`; called again until `differences` is none. */
  update(input: {
    desired: D;
    cloudId: string;
    attributes: JsonObject;
    parameters: JsonObject;
    references: References;
    identity: Identity;
    token: string;
    cloud: Cloud;
  }): Promise<void>;
  /**
   * Pure: what the next `update` leaves that no answer of the cloud's tells, as the parameters are to stand: `during` it,
   * when its fate is open, and `after` it. Null where everything can be read.
   */
  unreadable?(input: {
    desired: D;
    attributes: JsonObject;
    parameters: JsonObject;
    references: References;
  }): { during: JsonObject; after: JsonObject } | null;
  /** Pure: what `remove` leaves behind in something that is not ours, a group without our rules, say, counts as absent. */
  isEmpty?(attributes: JsonObject): boolean;
  /** Who else needs it, so that it is left where it is; null where nobody does. Reads only. */
  usedBy?(input: { desired: D; cloudId: string; cloud: Cloud }): Promise<string | null>;
  /** What others put in the way of one that is well, each in a few words. Reads only; only a look for drift asks. */
  obstacles?(input: { desired: D; cloudId: string; cloud: Cloud }): Promise<string[]>;
  remove(input: { desired: D; cloudId: string; parameters: JsonObject; token: string; cloud: Cloud }): Promise<void>;
}

export type AnyResourceKind = { [K in Kind]: ResourceKind<Extract<Desired, { kind: K }>> }[Kind];
