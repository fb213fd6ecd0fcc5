/**
 * Joins without counters: a task that has ended writes one column on each dependent's row, then reads that row;
 * whoever sees all edges sends the message. Order: outcome, edges, read, send, propagated. Repeating it from the edges
 * changes nothing, so whoever finds an ended task unpropagated does just that.
 */
import { durationMs } from '../clock';
import { invariant } from '../errors';
import type { Crash } from './crash-points';
import type { Queue } from './queue';
import type { TaskStore } from './store';
import { isFreed, type Task, taskMessage } from './task';

export interface PropagateDeps {
  store: Pick<TaskStore, 'writeEdge' | 'readTask' | 'markPropagated'>;
  queue: Queue;
  crash: Crash;
}

export async function propagate(deps: PropagateDeps, task: Task): Promise<void> {
  const { store, queue, crash } = deps;
  const { state } = task;
  invariant(state !== 'open', `${task.id} has not ended`);
  for (const dependent of task.dependents) {
    await store.writeEdge(task.run, dependent.id, dependent.ordinal, state);
    crash('task/edge-written');
    const row = await store.readTask(task.run, dependent.id);
    if (row?.state === 'open' && row.wake === 0 && isFreed(row))
      await queue.send(dependent.step, { ...taskMessage(task.run, dependent.id, 0) }, durationMs(0));
  }
  crash('task/dependents-sent');
  await store.markPropagated(task.run, task.id);
}
