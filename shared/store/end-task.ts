import type { TaskStore } from '../engine/store';
import { heldBy } from './held-by';
import { type Tables, taskKey } from './tables';
import { chainColumns, failureColumn } from './task-row';

/** Writes the outcome and gives the claim back. The epoch stays: it tells a repeated answer from another's. */
export const endTask =
  ({ client, name }: Tables): TaskStore['endTask'] =>
  async (claim, { outcome, failure, chain }) => {
    const key = taskKey(claim.run, claim.task);
    const columns = {
      state: outcome,
      owner: '',
      leaseUntil: 0,
      failure: failureColumn(failure),
      ...chainColumns(chain),
    };
    if (await client.update(name('tasks'), key, columns, heldBy(claim))) return true;
    const row = await client.get(name('tasks'), key);
    return row?.epoch === claim.epoch && row.state === outcome;
  };
