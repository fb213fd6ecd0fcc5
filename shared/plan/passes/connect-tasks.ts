/** Who needs whom, among the tasks: creation downwards, removal the other way round. */
import { addNeeds } from '../add-needs';
import type { DesiredResource, ResourceId } from '../desired';
import type { RecordedResource } from '../recorded';
import { type Change, isWork } from './change';
import { placeOf } from './place';

export type Needs = ReadonlyMap<ResourceId, ResourceId[]>;

/** Direct and complete; what is kept is there already and left out. Sorted. */
export function connectTasks(
  changes: readonly Change[],
  wanted: readonly DesiredResource[],
  recorded: readonly RecordedResource[],
): Needs {
  const work = new Map(changes.filter(isWork).map((change) => [change.id, change]));
  const needs = new Map<ResourceId, Set<ResourceId>>([...work.keys()].map((id) => [id, new Set()]));
  for (const resource of wanted) {
    for (const need of resource.needs) if (work.has(need)) needs.get(resource.id)?.add(need);
  }
  for (const [id, user] of usersOfRemoved(work, recorded)) needs.get(id)?.add(user);
  for (const [id, removal] of placesToVacate(work)) needs.get(id)?.add(removal);
  return new Map([...needs].map(([id, set]) => [id, [...set].sort()]));
}

/**
 * Removed last what was needed first, by what the records say. What another removed need already needs is left out:
 * a CEN instance would otherwise list every route that was ever published into it.
 */
function usersOfRemoved(
  work: ReadonlyMap<ResourceId, Change>,
  recorded: readonly RecordedResource[],
): [removed: ResourceId, user: ResourceId][] {
  const before = addNeeds(recorded.flatMap(({ id, desired }) => (desired ? [{ id, desired }] : [])));
  const isRemoved = (id: ResourceId) => work.get(id)?.action === 'remove';
  const needsOf = new Map(before.map((resource) => [resource.id, resource.needs]));
  return before.flatMap(({ id, needs }) => {
    if (!work.has(id)) return [];
    const removed = needs.filter(isRemoved);
    const direct = removed.filter((need) => !removed.some((other) => needsOf.get(other)?.includes(need)));
    return direct.map((need): [ResourceId, ResourceId] => [need, id]);
  });
}

function placesToVacate(work: ReadonlyMap<ResourceId, Change>): [id: ResourceId, removal: ResourceId][] {
  const removals = new Map<string, ResourceId>();
  for (const { id, action, previous } of work.values()) {
    const place = action === 'remove' && previous ? placeOf(previous) : null;
    if (place !== null) removals.set(place, id);
  }
  return [...work.values()].flatMap(({ id, desired }) => {
    const place = desired ? placeOf(desired) : null;
    const removal = place === null ? undefined : removals.get(place);
    return removal === undefined ? [] : [[id, removal] as [ResourceId, ResourceId]];
  });
}
