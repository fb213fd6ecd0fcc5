/** Desired against recorded: what becomes of each resource. */
import type { Desired, DesiredResource, Kind, ResourceId } from '../desired';
import { hashDesired } from '../hash-desired';
import { mayStand, type RecordedResource } from '../recorded';
import { referencesOf } from '../references';
import { changesInPlace, howToChange } from './in-place';

export interface Verdict {
  resource: ResourceId;
  kind: Kind;
  action: Standing | 'adopt' | 'remove';
  /** Null for a removal. */
  desired: Desired | null;
  desiredHash: string | null;
  /** What the record says that it was made for; null where there is no record, or none that tells. */
  previous: Desired | null;
  /** The cloud's id of what is adopted; null for every other action. */
  adopts: string | null;
  /** Of what stands. */
  generation: number;
}

type Standing = 'keep' | 'create' | 'update' | 'replace';
/** A later one includes the work of those before it. */
const BY_WEIGHT: readonly Standing[] = ['keep', 'create', 'update', 'replace'];

type Records = ReadonlyMap<ResourceId, RecordedResource>;

export function diffResources(
  wanted: readonly DesiredResource[],
  recorded: readonly RecordedResource[],
  adopt: ReadonlyMap<string, string>,
): Verdict[] {
  const records: Records = new Map(recorded.map((record) => [record.id, record]));
  const ids = new Set(wanted.map((resource) => resource.id));
  const verdicts = new Map<ResourceId, Verdict>();
  const byId = new Map(wanted.map((resource) => [resource.id, resource]));
  // What a resource needs comes first: its replacement replaces the resource. As deep as needs are, six at most.
  const decide = (resource: DesiredResource): Verdict => {
    const decided = verdicts.get(resource.id);
    if (decided) return decided;
    const needs = resource.needs.flatMap((id) => byId.get(id) ?? []).map(decide);
    const madeAnew = needs.filter((need) => isMadeAnew(need, records));
    const verdict = verdictOf(resource, records, { madeAnew, named: adopt.get(resource.id) ?? null });
    verdicts.set(resource.id, verdict);
    return verdict;
  };
  wanted.forEach(decide);
  return [...verdicts.values(), ...removals(recorded, ids)];
}

interface Around {
  madeAnew: readonly Verdict[];
  /** What the file adopts under its name. */
  named: string | null;
}

function verdictOf(resource: DesiredResource, records: Records, { madeAnew, named }: Around): Verdict {
  const { id, desired } = resource;
  const record = records.get(id);
  const desiredHash = hashDesired(desired);
  const adopts = named !== null && isNobodys(record, named) ? named : null;
  const action = adopts === null ? actionOf(resource, record, desiredHash, madeAnew) : 'adopt';
  const { kind } = desired;
  const [previous, generation] = [record?.desired ?? null, record?.generation ?? 1];
  return { resource: id, kind, action, desired, desiredHash, previous, adopts, generation };
}

/** Nothing of ours stands under the name, and nothing of ours may: at most what was used as it was found. */
const isNobodys = (record: RecordedResource | undefined, named: string): boolean =>
  !record ||
  (record.cloudId === null && (record.desired ?? null) === null) ||
  (record.ownership === 'borrowed' && record.cloudId === named);

function actionOf(
  { desired }: DesiredResource,
  record: RecordedResource | undefined,
  desiredHash: string,
  madeAnew: readonly Verdict[],
): Standing {
  // A record without the cloud's id: something may have been made; the engine resolves it under its generation.
  if (!record || record.cloudId === null) return 'create';
  const unchanged = record.desiredHash === desiredHash && madeAnew.length === 0;
  // Borrowed and not as desired: the engine looks once more and refuses. It is not ours to change (W6). Where it is another
  // thing that is wanted now, it is let go of: its removal leaves it where it is.
  if (record.ownership === 'borrowed') {
    if (unchanged) return 'keep';
    return record.desired && howToChange(record.desired, desired) === 'replace' ? 'replace' : 'create';
  }
  const own = ownAction(desired, record, desiredHash);
  const forced = madeAnew.map((need): Standing => {
    const reference = referencesOf(desired).find(({ id }) => id === need.resource);
    return reference && changesInPlace(desired.kind, reference.attribute) ? 'update' : 'replace';
  });
  return BY_WEIGHT.findLast((standing) => standing === own || forced.includes(standing)) ?? own;
}

function ownAction(desired: DesiredResource['desired'], record: RecordedResource, desiredHash: string): Standing {
  if (record.desiredHash === desiredHash) return 'keep';
  // An earlier run made it and did not see it finished: create goes on from its record.
  if (record.desiredHash === null && (!record.desired || hashDesired(record.desired) === desiredHash)) return 'create';
  return howToChange(record.desired ?? null, desired);
}

/** The cloud will know it by another id than what stands was made with. */
const isMadeAnew = ({ action, resource }: Verdict, records: Records): boolean =>
  action === 'replace' || (action === 'create' && (records.get(resource)?.cloudId ?? null) === null);

/** What we made and nobody wants any more. What is borrowed is simply no longer used (W6). */
const removals = (recorded: readonly RecordedResource[], wanted: ReadonlySet<ResourceId>): Verdict[] =>
  recorded
    .filter((record) => record.ownership === 'ours' && !wanted.has(record.id) && mayStand(record))
    .map((record) => ({
      resource: record.id,
      kind: record.kind,
      action: 'remove',
      desired: null,
      desiredHash: null,
      previous: record.desired ?? null,
      adopts: null,
      generation: record.generation,
    }));
