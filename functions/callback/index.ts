import { lookup } from 'node:dns';
import { ticketSystems } from '../../shared/tickets/ticket-system';
import { connectCloud } from '../assemble-cloud';
import { assembleQueue } from '../assemble-queue';
import { assembleTables } from '../assemble-store';
import { instanceOf } from '../instance';
import { handleCallback } from './handle-callback';
import { posting } from './post';

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
      post: posting({ timeout: socketTimeout, lookup }),
    },
    event,
  );
}
