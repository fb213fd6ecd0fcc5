/** Desired against recorded: what becomes of each resource. */
import type { DesiredResource, ResourceId } from '../desired';
import { hashDesired } from '../hash-desired';
import { mayStand, type RecordedResource } from '../recorded';
import { referencesOf } from '../references';
import type { Change } from './change';
import { changesInPlace, howToChange } from './in-place';

type Standing = 'keep' | 'create' | 'update' | 'replace';
/** A later one includes the work of those before it. */
const BY_WEIGHT: readonly Standing[] = ['keep', 'create', 'update', 'replace'];

type Records = ReadonlyMap<ResourceId, RecordedResource>;

export function diffResources(wanted: readonly DesiredResource[], recorded: readonly RecordedResource[]): Change[] {
  const records: Records = new Map(recorded.map((record) => [record.id, record]));
  const ids = new Set(wanted.map((resource) => resource.id));
  const changes = new Map<ResourceId, Change>();
  const byId = new Map(wanted.map((resource) => [resource.id, resource]));
  // What a resource needs comes first: its replacement replaces the resource. As deep as needs are, six at most.
  const decide = (resource: DesiredResource): Change => {
    const decided = changes.get(resource.id);
    if (decided) return decided;
    const needs = resource.needs.flatMap((id) => byId.get(id) ?? []).map(decide);
    const change = changeOf(
      resource,
      records,
      needs.filter((need) => isMadeAnew(need, records)),
    );
    changes.set(resource.id, change);
    return change;
  };
  wanted.forEach(decide);
  return [...changes.values(), ...removals(recorded, ids)];
}

function changeOf(resource: DesiredResource, records: Records, madeAnew: readonly Change[]): Change {
  const { id, desired } = resource;
  const record = records.get(id);
  const desiredHash = hashDesired(desired);
  const action = actionOf(resource, record, desiredHash, madeAnew);
  const generation = (record?.generation ?? 1) + (action === 'replace' ? 1 : 0);
  return { id, kind: desired.kind, action, desired, desiredHash, previous: record?.desired ?? null, generation };
}

function actionOf(
  { desired }: DesiredResource,
  record: RecordedResource | undefined,
  desiredHash: string,
  madeAnew: readonly Change[],
): Standing {
  // A record without the cloud's id: something may have been made; the engine resolves it under its generation.
  if (!record || record.cloudId === null) return 'create';
  const unchanged = record.desiredHash === desiredHash && madeAnew.length === 0;
  // Borrowed and not as desired: the engine looks once more and refuses. It is not ours to change (W6).
  if (record.ownership === 'borrowed') return unchanged ? 'keep' : 'create';
  const own = ownAction(desired, record, desiredHash);
  const forced = madeAnew.map((need): Standing => {
    const reference = referencesOf(desired).find(({ id }) => id === need.id);
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
const isMadeAnew = (change: Change, records: Records): boolean =>
  change.action === 'replace' || (change.action === 'create' && (records.get(change.id)?.cloudId ?? null) === null);

/** What we made and nobody wants any more. What is borrowed is simply no longer used (W6). */
const removals = (recorded: readonly RecordedResource[], wanted: ReadonlySet<ResourceId>): Change[] =>
  recorded
    .filter((record) => record.ownership === 'ours' && !wanted.has(record.id) && mayStand(record))
    .map((record) => ({
      id: record.id,
      kind: record.kind,
      action: 'remove',
      desired: null,
      desiredHash: null,
      previous: record.desired ?? null,
      generation: record.generation,
    }));
