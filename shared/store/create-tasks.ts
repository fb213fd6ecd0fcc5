import type { RunStore } from '../engine/store';
import { type Tables, taskKey } from './tables';
import { freshTask } from './task-row';

/** The service's limit on rows of one BatchWriteRow. */
const BATCH = 200;

/** Each row is expected not to exist: completing a start that was cut off resets no task that is already at work. */
export const createTasks =
  ({ client, name }: Tables): RunStore['createTasks'] =>
  async (tasks, dueAt) => {
    for (let at = 0; at < tasks.length; at += BATCH) {
      const rows = tasks.slice(at, at + BATCH).map((task) => ({
        key: taskKey(task.run, task.id),
        columns: freshTask(task, dueAt),
      }));
      await client.putAbsent(name('tasks'), rows);
    }
  };
