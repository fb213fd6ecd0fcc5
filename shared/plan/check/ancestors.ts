import type { Task, TaskId } from '../plan';

/** Whether `ancestor` is reached from `task` by any way. */
export type Reaches = (task: TaskId, ancestor: TaskId) => boolean;

/**
 * One bit per pair: quadratic in memory (6,000 tasks: 4.5 MB), and without any of the planner's reasoning about
 * chains. `tasks` in an order in which `links` point backwards; others are ignored.
 */
export function ancestorsOf(tasks: readonly Task[], links: (task: Task) => readonly TaskId[]): Reaches {
  const numbers = new Map(tasks.map((task, index) => [task.id, index]));
  const rows: Uint32Array[] = [];
  const width = Math.ceil(tasks.length / 32);
  tasks.forEach((task, index) => {
    const row = new Uint32Array(width);
    for (const id of links(task)) {
      const earlier = numbers.get(id);
      if (earlier === undefined || earlier >= index) continue;
      const inherited = rows[earlier] ?? row;
      for (let at = 0; at <= earlier >>> 5; at++) row[at] = (row[at] ?? 0) | (inherited[at] ?? 0);
      row[earlier >>> 5] = (row[earlier >>> 5] ?? 0) | (1 << (earlier & 31));
    }
    rows.push(row);
  });
  return (task, ancestor) => {
    const [of, at] = [numbers.get(task), numbers.get(ancestor)];
    if (of === undefined || at === undefined) return false;
    return (((rows[of]?.[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;
  };
}
