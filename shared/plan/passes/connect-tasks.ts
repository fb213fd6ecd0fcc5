/** Who needs whom, among the tasks: creation downwards, removal the other way round. */
import { addNeeds } from '../add-needs';
import type { DesiredResource, Kind, ResourceId } from '../desired';
import type { TaskId } from '../plan';
import type { RecordedResource } from '../recorded';
import { type Change, isWork } from './change';
import { placeOf } from './place';

export type Needs = ReadonlyMap<TaskId, TaskId[]>;

/** Direct and complete; what is kept is there already and left out. Sorted. */
export function connectTasks(
  changes: readonly Change[],
  wanted: readonly DesiredResource[],
  recorded: readonly RecordedResource[],
): Needs {
  const work = new Map(changes.filter(isWork).map((change) => [change.id, change]));
  const needs = new Map<TaskId, Set<TaskId>>([...work.keys()].map((id) => [id, new Set()]));
  for (const resource of wanted) {
    for (const need of resource.needs) if (work.has(need)) needs.get(resource.id)?.add(need);
  }
  const removals = new Map([...work.values()].flatMap((one) => (one.action === 'remove' ? [[one.resource, one]] : [])));
  for (const [id, user] of usersOfRemoved(work, removals, recorded)) needs.get(id)?.add(user);
  for (const [id, removal] of placesToVacate(work, removals)) needs.get(id)?.add(removal);
  return new Map([...needs].map(([id, set]) => [id, [...set].sort()]));
}

type Removals = ReadonlyMap<ResourceId, Change>;

/**
 * Removed last what was needed first, by what the records say. What another removed need already needs is left out:
 * a CEN instance would otherwise list every route that was ever published into it. A user that goes too is waited for by
 * its removal; one that stays by its change, unless it changes to what is made anew, or was never seen to stand: what may
 * have come of its create is its own task's to find.
 */
function usersOfRemoved(
  work: ReadonlyMap<TaskId, Change>,
  removals: Removals,
  recorded: readonly RecordedResource[],
): [removed: TaskId, user: TaskId][] {
  const before = addNeeds(recorded.flatMap(({ id, desired }) => (desired ? [{ id, desired }] : [])));
  const needsOf = new Map(before.map((resource) => [resource.id, resource.needs]));
  const standing = new Set(recorded.flatMap(({ id, cloudId }) => (cloudId === null ? [] : [id])));
  return before.flatMap(({ id, needs }) => {
    const user = removals.get(id) ?? (standing.has(id) ? work.get(id) : undefined);
    if (!user) return [];
    const removed = needs
      .flatMap((need) => removals.get(need) ?? [])
      .filter((one) => user.action === 'remove' || one.id === one.resource);
    return removed
      .filter(({ resource }) => !removed.some((other) => needsOf.get(other.resource)?.includes(resource)))
      .map((one): [TaskId, TaskId] => [one.id, user.id]);
  });
}

const ATTACHMENTS: readonly Kind[] = ['vpc-attachment', 'cen-child-instance'];

/** What was there under the id, and what stands where it shall stand. */
function placesToVacate(work: ReadonlyMap<TaskId, Change>, removals: Removals): [id: TaskId, removal: TaskId][] {
  const byPlace = new Map<string, TaskId>();
  // One line of removals may have the one that vacates behind what waits for the newcomer (order-removals.ts).
  const blind = [...removals.values()].some(({ previous }) => previous === null);
  for (const { id, kind, previous } of removals.values()) {
    if (blind && ATTACHMENTS.includes(kind)) continue;
    const place = previous ? placeOf(previous) : null;
    if (place !== null) byPlace.set(place, id);
  }
  return [...work.values()].flatMap(({ id, resource, action, desired }) => {
    if (action === 'remove') return [];
    const place = desired ? placeOf(desired) : null;
    const vacated = [removals.get(resource)?.id, place === null ? undefined : byPlace.get(place)];
    return vacated.flatMap((removal) => (removal === undefined ? [] : [[id, removal] as [TaskId, TaskId]]));
  });
}
