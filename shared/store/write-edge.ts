import type { TaskStore } from '../engine/store';
import { type Tables, taskKey } from './tables';
import { edgeColumn } from './task-row';

/** Each edge has a column of its own, so two tasks that end at once never overwrite each other. */
export const writeEdge =
  ({ client, name }: Tables): TaskStore['writeEdge'] =>
  async (run, dependent, ordinal, outcome) => {
    await client.update(
      name('tasks'),
      taskKey(run, dependent),
      { [edgeColumn(ordinal)]: outcome },
      { row: 'expect-exist' },
    );
  };

export const markPropagated =
  ({ client, name }: Tables): TaskStore['markPropagated'] =>
  async (run, task) => {
    await client.update(name('tasks'), taskKey(run, task), { propagated: true }, { row: 'expect-exist' });
  };
