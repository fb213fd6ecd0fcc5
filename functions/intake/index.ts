/** Where a topology comes in: a file in the bucket, or a ticket's submission. */
import { compareAccount } from '../../shared/alicloud/compare-account';
import { takeFile } from '../../shared/engine/take-file';
import { runStore } from '../../shared/store/store';
import { type TakeDeps, takeSubmission } from '../../shared/tickets/take-submission';
import { ticketStore } from '../../shared/tickets/ticket-store';
import { connectCloud } from '../assemble-cloud';
import { assembleObjects } from '../assemble-objects';
import { assembleQueue } from '../assemble-queue';
import { assembleTables } from '../assemble-store';
import { eachMessage } from '../each-message';
import { changedObjects, queueMessages, submissionOf } from '../events';
import { type Instance, instanceOf } from '../instance';
import { noCrash } from '../no-crash';

export async function handler(event: Buffer, context: unknown): Promise<void> {
  const instance = instanceOf(context);
  const deps = dependencies(instance);
  const changed = changedObjects(event);
  if (changed)
    return eachMessage(changed, async ({ key, removed }) => {
      if (!removed) instance.log.info('file', { key, reply: await takeFile(deps, key) });
    });
  await eachMessage(queueMessages(event), async (body) => {
    const submission = submissionOf(body);
    instance.log.info('submission', { submission, reply: await takeSubmission(deps, submission) });
  });
}

function dependencies(instance: Instance): TakeDeps {
  const tables = assembleTables(instance);
  const { cloud } = connectCloud(instance);
  return {
    runs: runStore(tables),
    tickets: ticketStore(tables),
    queue: assembleQueue(instance),
    objects: assembleObjects(instance),
    clock: instance.clock,
    crash: noCrash,
    newIncarnation: () => instance.randomHex(8),
    compareAccount: (topology) => compareAccount({ topology, cloud }),
  };
}
