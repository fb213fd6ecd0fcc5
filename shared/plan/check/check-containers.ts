import type { TaskId } from '../plan';
import type { Reaches } from './ancestors';
import { expectedContainers } from './expected-containers';
import type { PlanView } from './plan-view';

/** Each task names its containers, and the writes of a container come one after another. */
export function checkContainers(view: PlanView, implied: Reaches): string[] {
  const last = new Map<string, TaskId>();
  return view.plan.tasks.flatMap((task) => {
    const expected = expectedContainers(view, task);
    const violations =
      expected.join() === [...task.containers].sort().join()
        ? []
        : [
            `${task.id}: writes ${expected.join(', ') || 'no container'} and names ${task.containers.join(', ') || 'none'}`,
          ];
    if (task.action === 'keep') return violations;
    for (const container of expected) {
      const earlier = last.get(container);
      if (earlier && !implied(task.id, earlier)) violations.push(`${task.id}: writes ${container} beside ${earlier}`);
      last.set(container, task.id);
    }
    return violations;
  });
}
