import type { Task } from '../../../shared/engine/task';
import type { Columns } from '../../../shared/store/table-client';
import { taskOf } from '../../../shared/store/task-row';

const seen = new WeakMap<Columns, Task>();

/** The task of a row's columns, read once for all checks and for the row's next change. */
export function taskSeen(columns: Columns): Task {
  const task = seen.get(columns) ?? taskOf(columns);
  seen.set(columns, task);
  return task;
}
