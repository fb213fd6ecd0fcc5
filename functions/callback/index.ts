import { ticketSystems } from '../../shared/tickets/ticket-system';
import { connectCloud } from '../assemble-cloud';
import { assembleQueue } from '../assemble-queue';
import { assembleTables } from '../assemble-store';
import { instanceOf } from '../instance';
import { handleCallback } from './handle-callback';

export async function handler(event: Buffer, context: unknown): Promise<void> {
  const instance = instanceOf(context);
  const { config, clock, socketTimeout } = instance;
  const { region, deployment } = config;
  await handleCallback(
    {
      ...instance,
      tables: assembleTables(instance),
      queue: assembleQueue(instance),
      systems: ticketSystems({ cloud: connectCloud(instance).cloud, region, deployment, clock }),
      post: (url, headers, body) => post(url, headers, body, socketTimeout),
    },
    event,
  );
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
