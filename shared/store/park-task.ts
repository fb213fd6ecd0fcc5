import type { TaskStore } from '../engine/store';
import { heldBy } from './held-by';
import { type Tables, taskKey } from './tables';
import { chainColumns } from './task-row';

/** Gives the claim back and moves the row to its next wake, whose message is already on its way (W4). */
export const parkTask =
  ({ client, name }: Tables): TaskStore['parkTask'] =>
  async (claim, { wake, dueAt, attempts, deadlineAt, progress, chain }) => {
    const key = taskKey(claim.run, claim.task);
    const columns = {
      owner: '',
      leaseUntil: 0,
      wake,
      dueAt,
      attempts,
      deadlineAt: deadlineAt ?? 0,
      progress: JSON.stringify(progress),
      ...chainColumns(chain),
    };
    if (await client.update(name('tasks'), key, columns, heldBy(claim))) return true;
    const row = await client.get(name('tasks'), key);
    return row?.epoch === claim.epoch && row.owner === '' && row.wake === wake;
  };
