import type { TaskId } from '../plan';
import type { Reaches } from './ancestors';
import { expectedNeeds, recordedNeeds } from './expected-needs';
import type { PlanView } from './plan-view';

/** Needs are complete and real. `needed`: whether one is needed by the other, directly or through others. */
export function checkNeeds(view: PlanView, needed: Reaches): string[] {
  const expect = expectedNeeds(view);
  const inRun = (id: TaskId) => view.tasks.has(id) && view.tasks.get(id)?.action !== 'keep';
  return view.work
    .flatMap((task) => {
      if (task.action === 'remove') return [];
      const { needs, oneOf } = expect(task);
      const present = new Set<TaskId>(task.needs);
      const real = new Set<TaskId>([...needs, ...oneOf.flat()]);
      const removal = view.removal(task.resource)?.id;
      const missing = [...needs].filter((id) => inRun(id) && !present.has(id));
      const unmet = oneOf.filter(
        (group) => group.length > 0 && group.every(inRun) && !group.some((id) => present.has(id)),
      );
      // Beside what it is made from, a task waits for the removal of what stands in its place.
      const unreal = task.needs.filter((id) => !real.has(id) && view.tasks.get(id)?.action !== 'remove');
      return [
        ...(removal === undefined || present.has(removal)
          ? []
          : [`${task.id}: made anew without waiting for ${removal}`]),
        ...missing.map((id) => `${task.id}: its attributes name ${id} and its needs do not`),
        ...unmet.map((group) => `${task.id}: needs one of ${group.join(', ')} and names none`),
        ...unreal.map((id) => `${task.id}: needs ${id} for no reason`),
      ];
    })
    .concat(checkRemovals(view, needed));
}

/** What was made last goes first; where the records do not tell, one after another. */
function checkRemovals(view: PlanView, needed: Reaches): string[] {
  const used = recordedNeeds(view);
  return view.work.flatMap((task) => {
    // Whoever goes, too, goes first; whoever stays and uses what is made anew has nothing to wait for before.
    const user = view.removal(task.resource) ?? task;
    if (user !== task) return [];
    // Never seen to stand: it uses nothing that anybody knows of.
    if (task.action !== 'remove' && view.records.get(task.resource)?.cloudId === null) return [];
    return used(task.resource)
      .flatMap((resource) => view.removal(resource) ?? [])
      .filter((removal) => user.action === 'remove' || removal.id === removal.resource)
      .filter((removal) => !needed(removal.id, user.id))
      .map((removal) => `${removal.id}: removed without waiting for ${user.id}, which uses it`);
  });
}

/** Where a record does not say what its resource uses, the removals must form one line. */
export function checkBlindRemovals(view: PlanView, implied: Reaches): string[] {
  const removals = view.work.filter((task) => task.action === 'remove');
  if (removals.every((task) => view.before(task.resource) !== null)) return [];
  return removals.slice(1).flatMap(({ id }, index) => {
    const earlier = removals[index]?.id;
    return earlier && !implied(id, earlier)
      ? [`${id}: removed beside ${earlier}, and the records do not say what they use`]
      : [];
  });
}
