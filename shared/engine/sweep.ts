/**
 * What a lost message or a dead function left behind, once a minute: starts that were cut off, runs that nobody told to
 * stop for a newer revision, tasks whose message is overdue, ends that were not propagated, submissions that intake never
 * took. It only sends messages, completes starts and stops; readiness is derived from the states of what a task waits
 * for, not from traces.
 */
import { after, between, durationMs, minutes } from '../clock';
import { TrunklineError } from '../errors';
import type { RunId } from './run';
import { type StartDeps, stopIfOutdated, takeUpStart } from './start-run';
import type { OpenItem } from './store';
import { type Task, type TaskState, taskMessage } from './task';

/** Below it, a message is more likely on its way than lost. */
const GRACE = minutes(2);

export interface Swept {
  runs: number;
  messages: number;
  starts: number;
}

/** Every item is seen to, whatever became of those before it; only then does the sweep fail if one did. */
export async function sweep(deps: StartDeps): Promise<Swept> {
  const swept: Swept = { runs: 0, messages: 0, starts: 0 };
  const failures: unknown[] = [];
  for (const item of await deps.runs.listOpen()) {
    try {
      await seeTo(deps, item, swept);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return swept;
}

async function seeTo(deps: StartDeps, item: OpenItem, swept: Swept): Promise<void> {
  switch (item.kind) {
    case 'submission':
      return remindIntake(deps, item, swept);
    case 'run':
      return sweepRun(deps, item, swept);
    default:
      // Taken for a run, it would be started as one.
      throw new TrunklineError('FormatUnknown', 'something open is of a kind that this Trunkline does not know');
  }
}

async function remindIntake(deps: StartDeps, item: OpenItem, swept: Swept): Promise<void> {
  if (between(item.at, deps.clock.now()) < GRACE) return;
  await deps.queue.send('intake', { format: 1, submission: item.id }, durationMs(0));
  swept.messages += 1;
}

async function sweepRun(deps: StartDeps, item: OpenItem, swept: Swept): Promise<void> {
  const id = item.id as RunId;
  const run = await deps.runs.readRun(id);
  swept.runs += 1;
  if (!run || run.state === 'starting') {
    if (between(item.at, deps.clock.now()) < GRACE) return;
    await takeUpStart(deps, item);
    swept.starts += 1;
    return;
  }
  const tasks = await deps.runs.readTasks(id);
  // Only when its report has ended too is nothing left to do: the end starts the next revision.
  if (run.state === 'ended' && tasks.every((task) => task.state !== 'open')) return deps.runs.forgetOpen(item);
  if (run.state === 'ready') await stopIfOutdated(deps, run);
  const states = new Map<string, TaskState>(tasks.map((task) => [task.id, task.state]));
  for (const task of tasks) {
    if (!isOverdue(task, states, deps.clock.now())) continue;
    await deps.queue.send(task.step, { ...taskMessage(id, task.id, task.wake) }, durationMs(0));
    swept.messages += 1;
  }
}

/** Pure: whether somebody should have worked on the task by now. */
export function isOverdue(task: Task, states: ReadonlyMap<string, TaskState>, now: Task['dueAt']): boolean {
  if (task.state !== 'open') return !task.propagated;
  const held = task.owner !== '' && task.leaseUntil > now;
  const started = task.wake > 0 || task.edges.every((edge) => states.get(edge) !== 'open');
  return !held && started && now > after(task.dueAt, GRACE);
}
