/** Where a topology comes in: a file in the bucket, or a ticket's submission. */
import { compareAccount } from '../../shared/alicloud/compare-account';
import { takeFile } from '../../shared/engine/take-file';
import { runStore } from '../../shared/store/store';
import { type TakeDeps, takeSubmission } from '../../shared/tickets/take-submission';
import { ticketStore } from '../../shared/tickets/ticket-store';
import { eachMessage } from '../each-message';
import { changedObjects, queueMessages, submissionOf } from '../events';
import type { Surroundings, WithCloud, WithObjects, WithQueue, WithTables } from '../surroundings';

export type IntakeSurroundings = Surroundings & WithTables & WithQueue & WithObjects & WithCloud;

export async function handleIntake(surroundings: IntakeSurroundings, event: Buffer): Promise<void> {
  const { log } = surroundings;
  const deps = dependencies(surroundings);
  const changed = changedObjects(event);
  if (changed)
    return eachMessage(changed, async ({ key, removed, at }) => {
      if (!removed) log.info('file', { key, reply: await takeFile(deps, key, at) });
    });
  await eachMessage(queueMessages(event), async (body) => {
    const submission = submissionOf(body);
    log.info('submission', { submission, reply: await takeSubmission(deps, submission) });
  });
}

function dependencies(surroundings: IntakeSurroundings): TakeDeps {
  const { tables, queue, objects, clock, crash } = surroundings;
  const { cloud } = surroundings.connectCloud();
  return {
    runs: runStore(tables),
    tickets: ticketStore(tables),
    queue,
    objects,
    clock,
    crash,
    newIncarnation: () => surroundings.randomHex(8),
    compareAccount: (topology) => compareAccount({ topology, cloud }),
  };
}
