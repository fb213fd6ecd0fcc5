/** W2 to W4, on every change of a task's row: who may write what, and that nothing goes back. */
import type { Task } from '../../../shared/engine/task';
import { taskOf } from '../../../shared/store/task-row';
import type { Check, RowChange } from './check';

export function taskRows(): Check {
  const tasks = new Map<string, Task>();
  const nameOf = (run: string, id: string): string => `${run} ${id}`;
  return {
    name: 'task-rows',
    row: ({ table, key, before, after, by }: RowChange) => {
      if (table !== 'tasks') return null;
      const name = nameOf(key[0] ?? '', key[1] ?? '');
      if (!after) return `${name} was removed`;
      const now = taskOf(after);
      tasks.set(name, now);
      if (!before) return null;
      const was = taskOf(before);
      const needs = now.needs.map((need) => tasks.get(nameOf(now.run, need)));
      return (
        ownership(name, was, now, by.owners) ??
        progress(name, was, now) ??
        // W3
        (was.state === 'open' && now.state === 'done' && needs.some((need) => need?.state !== 'done')
          ? `W3: ${name} is done, and something that it needs is not`
          : null)
      );
    },
  };
}

/** W2: only the holder of the claim as it stood writes what a holder writes. */
function ownership(name: string, was: Task, now: Task, writers: ReadonlySet<string>): string | null {
  if (now.epoch > was.epoch) {
    if (now.epoch !== was.epoch + 1) return `W2: the epoch of ${name} went from ${was.epoch} to ${now.epoch}`;
    return writers.has(now.owner) ? null : `W2: ${name} was claimed for ${now.owner} by somebody else`;
  }
  const held = was.state !== now.state || was.wake !== now.wake || was.attempts !== now.attempts;
  if (held && !writers.has(was.owner)) return `W2: ${name} was written by one who does not hold its claim`;
  return null;
}

function progress(name: string, was: Task, now: Task): string | null {
  if (now.epoch < was.epoch) return `W2: the epoch of ${name} went back`;
  if (now.wake < was.wake) return `W4: the wake of ${name} went from ${was.wake} back to ${now.wake}`;
  if (was.state !== 'open' && now.state !== was.state)
    return `W2: ${name} ended twice: ${was.state}, then ${now.state}`;
  if (was.propagated && !now.propagated) return `W4: ${name} was propagated and is not any more`;
  for (const [ordinal, outcome] of was.edgeOutcomes)
    if (now.edgeOutcomes.get(ordinal) !== outcome) return `W4: edge ${ordinal} of ${name} changed`;
  return null;
}
