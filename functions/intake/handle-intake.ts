/** Where a topology comes in: a file in the bucket, or a ticket's submission. */
import { compareAdopted } from '../../shared/adoption/compare-adopted';
import { compareAccount } from '../../shared/alicloud/compare-account';
import { withParallelism } from '../../shared/alicloud/with-parallelism';
import { repairDrift } from '../../shared/drift/repair-drift';
import { takeFile, takeRemoval } from '../../shared/engine/take-file';
import { type OrderDeps, takeOrder } from '../../shared/engine/take-order';
import { kindForReading } from '../../shared/resources/kind-for-reading';
import { runStore, taskStore } from '../../shared/store/store';
import { type TakeDeps, takeHeld, takeSubmission } from '../../shared/tickets/take-submission';
import { ticketStore } from '../../shared/tickets/ticket-store';
import { eachMessage } from '../each-message';
import { changedObjects, intakeMessageOf, queueMessages } from '../events';
import type { Surroundings, WithCloud, WithObjects, WithQueue, WithTables } from '../surroundings';

export type IntakeSurroundings = Surroundings & WithTables & WithQueue & WithObjects & WithCloud;

export async function handleIntake(surroundings: IntakeSurroundings, event: Buffer): Promise<void> {
  const { log } = surroundings;
  const deps = dependencies(surroundings);
  const changed = changedObjects(event);
  if (changed)
    return eachMessage(changed, async ({ key, removed, at }) => {
      const reply = removed ? await takeRemoval(deps, key) : await takeFile(deps, key, at);
      log.info('file', { key, removed, reply });
    });
  await eachMessage(queueMessages(event), async (body) => {
    const message = intakeMessageOf(body);
    if ('order' in message)
      log.info('order', { ...message, reply: await takeOrder(ordersOf(surroundings, deps), message.order) });
    else log.info('submission', { ...message, reply: await takeSubmission(deps, message.submission) });
  });
}

/** A repair looks at many things one after another: some at once, or its invocation ends before it does. */
const LOOKS_AT_ONCE = 8;

function ordersOf({ tables, settings, connectCloud }: IntakeSurroundings, deps: TakeDeps): OrderDeps {
  const repairing = {
    ...deps,
    tasks: taskStore(tables),
    settings,
    deployment: settings.deployment,
    kindOf: kindForReading,
  };
  return {
    ...deps,
    takeHeld: (id) => takeHeld(deps, id),
    repairDrift: (repair) =>
      repairDrift({ ...repairing, cloud: withParallelism(connectCloud().cloud, LOOKS_AT_ONCE) }, repair),
  };
}

function dependencies(surroundings: IntakeSurroundings): TakeDeps {
  const { tables, queue, objects, clock, crash, settings } = surroundings;
  const { deployment } = settings;
  const { cloud } = surroundings.connectCloud();
  return {
    runs: runStore(tables),
    tickets: ticketStore(tables),
    queue,
    objects,
    clock,
    crash,
    newIncarnation: () => surroundings.randomHex(8),
    compareAccount: async (topology, recorded) => [
      ...(await compareAccount({ topology, recorded, cloud })),
      ...(await compareAdopted({ cloud, deployment, kindOf: kindForReading }, topology, recorded)),
    ],
  };
}
