/** The last task of every run: reads back, proves, publishes, ends. */
import { readNetwork } from '../../shared/alicloud/read-network';
import { reportWork } from '../../shared/engine/advance-report';
import { holdTask, type Work } from '../../shared/engine/hold-task';
import { runStore, taskStore } from '../../shared/store/store';
import { settleWaiting } from '../../shared/tickets/take-submission';
import { ticketStore } from '../../shared/tickets/ticket-store';
import { type CloudConnection, connectCloud } from '../assemble-cloud';
import { assembleObjects } from '../assemble-objects';
import { assembleQueue } from '../assemble-queue';
import { assembleTables } from '../assemble-store';
import { eachMessage } from '../each-message';
import { queueMessages, taskMessageOf } from '../events';
import { type Instance, instanceOf } from '../instance';
import { noCrash } from '../no-crash';

export async function handler(event: Buffer, context: unknown): Promise<void> {
  const instance = instanceOf(context);
  const { clock, settings, jitter, log } = instance;
  await eachMessage(queueMessages(event), async (body) => {
    const message = taskMessageOf(body);
    const connection = connectCloud(instance);
    const deps = {
      store: taskStore(assembleTables(instance)),
      queue: assembleQueue(instance),
      clock,
      settings,
      owner: instance.newOwner(),
      jitter,
      calls: connection.calls,
      crash: noCrash,
    };
    const reply = await holdTask(deps, workOf(instance, connection), message);
    log.info('report', { run: message.run, wake: message.wake, reply });
  });
}

function workOf(instance: Instance, connection: CloudConnection): Work {
  const tables = assembleTables(instance);
  const runs = runStore(tables);
  const queue = assembleQueue(instance);
  return reportWork({
    runs,
    queue,
    objects: assembleObjects(instance),
    clock: instance.clock,
    crash: noCrash,
    readNetworkModel: (input) => readNetwork({ ...input, cloud: connection.cloud }),
    notifyTickets: (run, outcome) => settleWaiting({ tickets: ticketStore(tables), runs, queue }, run, outcome),
  });
}
