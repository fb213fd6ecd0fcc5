/** W2 to W4 and W8, on every change of a task's row: who may write what, and that nothing goes back. */
import type { Task } from '../../../shared/engine/task';
import type { Check, RowChange } from './check';
import { taskSeen } from './task-seen';

type Tasks = ReadonlyMap<string, Task>;

const nameOf = (run: string, id: string): string => `${run} ${id}`;

export function taskRows(): Check {
  const tasks = new Map<string, Task>();
  /** Until when the platform lets each holder run. */
  const allowed = new Map<string, number>();
  return {
    name: 'task-rows',
    row: ({ table, key, before, after, by, at }: RowChange) => {
      if (table !== 'tasks') return null;
      const name = nameOf(key[0] ?? '', key[1] ?? '');
      if (!after) return `${name} was removed`;
      const now = taskSeen(after);
      tasks.set(name, now);
      for (const owner of by.owners) allowed.set(owner, by.endsAt);
      if (!before) return null;
      const was = taskSeen(before);
      if (now.epoch > was.epoch)
        return claimed(name, was, now, { writers: by.owners, at, until: allowed.get(was.owner) ?? 0, tasks });
      return written(name, was, now, by.owners) ?? progress(name, was, now) ?? joined(name, was, now, tasks);
    },
  };
}

interface Claiming {
  writers: ReadonlySet<string>;
  at: number;
  until: number;
  tasks: Tasks;
}

/** A claim takes the task and nothing else, for the row's wake or the next, once what it waits for has ended. */
function claimed(name: string, was: Task, now: Task, { writers, at, until, tasks }: Claiming): string | null {
  if (now.epoch !== was.epoch + 1) return `W2: the epoch of ${name} went from ${was.epoch} to ${now.epoch}`;
  if (!writers.has(now.owner)) return `W2: ${name} was claimed for ${now.owner} by somebody else`;
  if (was.owner !== '' && at < until) return `W2: ${now.owner} took ${name} from ${was.owner}, which may be at work`;
  if (was.state !== 'open' || now.state !== 'open') return `W2: ${name} was claimed and had ended`;
  if (now.wake < was.wake || now.wake > was.wake + 1)
    return `W4: ${name} was claimed for wake ${now.wake} at ${was.wake}`;
  if (was.deadlineAt !== null && now.deadlineAt !== was.deadlineAt) return `W8: the deadline of ${name} moved`;
  const open = now.edges.find((edge) => tasks.get(nameOf(now.run, edge))?.state === 'open');
  return open === undefined ? null : `W3: ${name} was claimed before ${open} ended`;
}

/** W2: only the holder of the claim as it stood writes what a holder writes, and gives the claim back with it. */
function written(name: string, was: Task, now: Task, writers: ReadonlySet<string>): string | null {
  const held = (['state', 'wake', 'attempts', 'owner', 'dueAt', 'leaseUntil', 'deadlineAt'] as const).some(
    (field) => was[field] !== now[field],
  );
  if (!held && was.chain.digest === now.chain.digest) return null;
  if (!writers.has(was.owner)) return `W2: ${name} was written by one who does not hold its claim`;
  if (now.owner !== '') return `W2: ${name} was written and its claim not given back`;
  if (now.deadlineAt !== was.deadlineAt) return `W8: the deadline of ${name} moved`;
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

/** Outcome, edges, propagated, in this order; and done only after what it needs. */
function joined(name: string, was: Task, now: Task, tasks: Tasks): string | null {
  const state = (id: string): Task['state'] | undefined => tasks.get(nameOf(now.run, id))?.state;
  for (const [ordinal, outcome] of now.edgeOutcomes) {
    const edge = now.edges[ordinal] ?? '';
    if (state(edge) !== outcome) return `W4: ${name} was told that ${edge} is ${outcome}, and it is ${state(edge)}`;
  }
  if (now.propagated && now.state === 'open') return `W4: ${name} was propagated and has not ended`;
  const forgotten = now.dependents.find(
    ({ id, ordinal }) => !tasks.get(nameOf(now.run, id))?.edgeOutcomes.has(ordinal),
  );
  if (now.propagated && forgotten) return `W4: ${name} was propagated and ${forgotten.id} has no edge of it`;
  const missing = now.needs.find((need) => state(need) !== 'done');
  if (was.state === 'open' && now.state === 'done' && missing)
    return `W3: ${name} is done, and ${missing}, which it needs, is not`;
  return null;
}
