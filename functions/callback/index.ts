/** Tells ticketing systems how their submissions ended. */
import { runStore } from '../../shared/store/store';
import { sendCallback } from '../../shared/tickets/send-callback';
import { ticketStore } from '../../shared/tickets/ticket-store';
import { ticketSystems } from '../../shared/tickets/ticket-system';
import { connectCloud } from '../assemble-cloud';
import { assembleQueue } from '../assemble-queue';
import { assembleTables } from '../assemble-store';
import { eachMessage } from '../each-message';
import { queueMessages, submissionOf } from '../events';
import { type Instance, instanceOf } from '../instance';
import { noCrash } from '../no-crash';

export async function handler(event: Buffer, context: unknown): Promise<void> {
  const instance = instanceOf(context);
  const deps = dependencies(instance);
  await eachMessage(queueMessages(event), async (body) => {
    const submission = submissionOf(body);
    instance.log.info('callback', { submission, reply: await sendCallback(deps, submission) });
  });
}

function dependencies(instance: Instance): Parameters<typeof sendCallback>[0] {
  const tables = assembleTables(instance);
  const { region, deployment } = instance.config;
  return {
    systems: ticketSystems({ cloud: connectCloud(instance).cloud, region, deployment, clock: instance.clock }),
    tickets: ticketStore(tables),
    runs: runStore(tables),
    queue: assembleQueue(instance),
    clock: instance.clock,
    wall: instance.wall,
    crash: noCrash,
    post: (url, headers, body) => post(url, headers, body, instance.socketTimeout),
  };
}

/** No redirect is followed: what is called is what the operator registered. */
async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  timeout: number,
): Promise<number | null> {
  try {
    const signal = AbortSignal.timeout(timeout);
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return null;
  }
}
