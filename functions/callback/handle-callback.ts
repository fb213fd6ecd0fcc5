/** Tells ticketing systems how their submissions ended. */
import { runStore } from '../../shared/store/store';
import { type CallbackDeps, sendCallback } from '../../shared/tickets/send-callback';
import { ticketStore } from '../../shared/tickets/ticket-store';
import type { TicketSystems } from '../../shared/tickets/ticket-system';
import { eachMessage } from '../each-message';
import { queueMessages, submissionOf } from '../events';
import type { Surroundings, WithQueue, WithTables } from '../surroundings';

export interface CallbackSurroundings extends Surroundings, WithTables, WithQueue, Pick<CallbackDeps, 'post'> {
  systems: TicketSystems;
}

export async function handleCallback(surroundings: CallbackSurroundings, event: Buffer): Promise<void> {
  const { tables, queue, systems, clock, wall, crash, post, log } = surroundings;
  const deps = { systems, tickets: ticketStore(tables), runs: runStore(tables), queue, clock, wall, crash, post };
  await eachMessage(queueMessages(event), async (body) => {
    const submission = submissionOf(body);
    log.info('callback', { submission, reply: await sendCallback(deps, submission) });
  });
}
