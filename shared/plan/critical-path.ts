import type { Kind } from './desired';
import type { Plan, TaskId } from './plan';

export interface CriticalPath {
  /** From the run's start to the end of its last task, if no task waits for anything but its edges. */
  seconds: number;
  /** The tasks that this time consists of, from first to last; empty where there is nothing to do. */
  path: TaskId[];
}

/** The longest way through the plan's edges: needs, and the writes that the cloud takes one at a time. */
export function criticalPath(plan: Plan, durationOf: (kind: Kind) => number): CriticalPath {
  const ends = new Map<TaskId, number>();
  const through = new Map<TaskId, TaskId>();
  let last: TaskId | null = null;
  let seconds = 0;
  // The plan's order is topological: what a task waits for has its end already.
  for (const { id, kind, action, edges } of plan.tasks) {
    if (action === 'keep') continue;
    let start = 0;
    for (const edge of edges) {
      const end = ends.get(edge) ?? 0;
      if (end > start || !through.has(id)) through.set(id, edge);
      start = Math.max(start, end);
    }
    const end = start + durationOf(kind);
    ends.set(id, end);
    if (end > seconds || last === null) last = id;
    seconds = Math.max(seconds, end);
  }
  const path: TaskId[] = [];
  for (let id: TaskId | null = last; id !== null; id = through.get(id) ?? null) path.push(id);
  return { seconds, path: path.reverse() };
}
