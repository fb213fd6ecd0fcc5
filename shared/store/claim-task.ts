import type { TaskStore } from '../engine/store';
import type { Condition } from './table-client';
import { type Tables, taskKey } from './tables';

/**
 * Takes a task for an invocation. The row must be as it was seen: same state, same epoch, same holder. A claim raises
 * the epoch, so whoever held it before is refused from here on, however long it was frozen (W2).
 *
 * A refusal is read back: a write that was applied and answered with an error, then sent again, refuses itself.
 */
export const claimTask =
  ({ client, name }: Tables): TaskStore['claimTask'] =>
  async (seen, { owner, leaseUntil, wake, deadlineAt }) => {
    const key = taskKey(seen.run, seen.id);
    const epoch = seen.epoch + 1;
    const unchanged: Condition = {
      row: 'expect-exist',
      columns: { state: 'open', epoch: seen.epoch, owner: seen.owner, wake: seen.wake },
    };
    const claim = { run: seen.run, task: seen.id, owner, epoch, wake };
    if (await client.update(name('tasks'), key, { owner, epoch, leaseUntil, wake, deadlineAt }, unchanged))
      return claim;
    const row = await client.get(name('tasks'), key);
    return row?.owner === owner && row.epoch === epoch ? claim : null;
  };
