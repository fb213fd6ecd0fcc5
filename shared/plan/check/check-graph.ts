/** The order of the tasks: no cycle, edges that imply all that must come before, and few enough of them. */
import { EDGE_LIMIT } from '../edge-limit';
import type { Task, TaskId } from '../plan';
import type { Reaches } from './ancestors';
import type { PlanView } from './plan-view';

/** Everything points backwards in the plan's order, at tasks of the run: so there is no cycle. */
export function checkOrder({ plan, tasks }: PlanView): string[] {
  const ended = new Set<TaskId>();
  return plan.tasks.flatMap((task) => {
    const violations: string[] = [];
    for (const list of ['needs', 'after', 'edges'] as const) {
      if (new Set(task[list]).size < task[list].length) violations.push(`${task.id}: ${list} names one twice`);
      for (const id of task[list]) {
        const other = tasks.get(id);
        if (!other || other.action === 'keep')
          violations.push(`${task.id}: ${list} names ${id}, which has no task in the run`);
        else if (!ended.has(id))
          violations.push(`${task.id}: ${list} names ${id}, which does not come before it: a cycle`);
      }
      if (task.action === 'keep' && task[list].length > 0) violations.push(`${task.id}: kept, and yet has ${list}`);
    }
    ended.add(task.id);
    return violations;
  });
}

/** The joins: a subset of what they stand for, and enough of it. */
export function checkEdges({ work }: PlanView, implied: Reaches): string[] {
  return work.flatMap((task) => {
    const stated = new Set([...task.needs, ...task.after]);
    const surplus = task.edges.filter((id) => !stated.has(id));
    const lost = [...stated].filter((id) => !implied(task.id, id));
    return [
      ...surplus.map((id) => `${task.id}: its edge from ${id} is neither a need nor an after`),
      ...lost.map((id) => `${task.id}: its edges do not imply that ${id} has ended`),
    ];
  });
}

/** What one invocation writes, what one row gathers, and what the report waits for. */
export function checkDegrees({ work }: PlanView): string[] {
  const frees = new Map<TaskId, number>(work.map((task) => [task.id, 0]));
  for (const task of work) for (const id of task.edges) frees.set(id, (frees.get(id) ?? 0) + 1);
  const last = work.filter((task) => frees.get(task.id) === 0);
  const beyond = (what: string, count: number) =>
    count > EDGE_LIMIT ? [`${what} ${count} tasks, more than ${EDGE_LIMIT}`] : [];
  return [
    ...work.flatMap((task: Task) => [
      ...beyond(`${task.id}: waits for`, task.edges.length),
      ...beyond(`${task.id}: frees`, frees.get(task.id) ?? 0),
    ]),
    ...beyond('the report waits for', last.length),
  ];
}
