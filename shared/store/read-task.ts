import type { RunStore, TaskStore } from '../engine/store';
import type { TaskState } from '../engine/task';
import type { TaskId } from '../plan/plan';
import { runKey, type Tables, taskKey } from './tables';
import { taskIdOf, taskOf } from './task-row';

export const readTask =
  ({ client, name }: Tables): TaskStore['readTask'] =>
  async (run, task) => {
    const columns = await client.get(name('tasks'), taskKey(run, task));
    return columns && taskOf(columns);
  };

export const readTasks =
  ({ client, name }: Tables): RunStore['readTasks'] =>
  async (run) =>
    (await client.range(name('tasks'), runKey(run))).map((row) => taskOf(row.columns));

/** The service's limit on rows of one BatchGetRow. */
const BATCH = 100;

export const readTaskStates =
  ({ client, name }: Tables): TaskStore['readTaskStates'] =>
  async (run, tasks) => {
    const states = new Map<TaskId, TaskState>();
    for (let at = 0; at < tasks.length; at += BATCH) {
      const keys = tasks.slice(at, at + BATCH).map((task) => taskKey(run, task));
      for (const row of await client.batchGet(name('tasks'), keys))
        states.set(taskIdOf(row), taskOf(row.columns).state);
    }
    return states;
  };
