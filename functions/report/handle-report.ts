/** The last task of every run: reads back, proves, publishes, ends. */
import { readNetwork } from '../../shared/alicloud/read-network';
import { reportWork } from '../../shared/engine/advance-report';
import { holdTask, type Work } from '../../shared/engine/hold-task';
import { runStore, taskStore } from '../../shared/store/store';
import { settleWaiting } from '../../shared/tickets/take-submission';
import { ticketStore } from '../../shared/tickets/ticket-store';
import { eachMessage } from '../each-message';
import { queueMessages, taskMessageOf } from '../events';
import type { CloudConnection, Surroundings, WithCloud, WithObjects, WithQueue, WithTables } from '../surroundings';

export type ReportSurroundings = Surroundings & WithTables & WithQueue & WithObjects & WithCloud;

export async function handleReport(surroundings: ReportSurroundings, event: Buffer): Promise<void> {
  const { tables, queue, clock, settings, jitter, crash, log } = surroundings;
  await eachMessage(queueMessages(event), async (body) => {
    const message = taskMessageOf(body);
    const connection = surroundings.connectCloud();
    const owner = surroundings.newOwner();
    const deps = { store: taskStore(tables), queue, clock, settings, owner, jitter, calls: connection.calls, crash };
    const reply = await holdTask(deps, workOf(surroundings, connection), message);
    log.info('report', { run: message.run, wake: message.wake, reply });
  });
}

function workOf({ tables, queue, objects, clock, crash }: ReportSurroundings, { cloud }: CloudConnection): Work {
  const runs = runStore(tables);
  return reportWork({
    runs,
    queue,
    objects,
    clock,
    crash,
    readNetworkModel: (input) => readNetwork({ ...input, cloud }),
    notifyTickets: (run, outcome) => settleWaiting({ tickets: ticketStore(tables), runs, queue, clock }, run, outcome),
  });
}
