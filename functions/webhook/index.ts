import { type TicketSystems, ticketSystems } from '../../shared/tickets/ticket-system';
import { connectCloud } from '../assemble-cloud';
import { assembleObjects } from '../assemble-objects';
import { assembleQueue } from '../assemble-queue';
import { assembleTables } from '../assemble-store';
import { type Instance, instanceOf } from '../instance';
import { type HttpResponse, handleWebhook } from './handle-webhook';

export async function handler(event: Buffer, context: unknown): Promise<HttpResponse> {
  const instance = instanceOf(context);
  const surroundings = {
    ...instance,
    tables: assembleTables(instance),
    queue: assembleQueue(instance),
    objects: assembleObjects(instance),
    systems: systemsOf(instance),
    originOf: (domain: string) => originOf(instance, domain),
  };
  return handleWebhook(surroundings, event);
}

let systems: { of: Instance; read: TicketSystems } | null = null;

/** Kept over requests: their secrets are read once a minute, not once a request. */
function systemsOf(instance: Instance): TicketSystems {
  const { config, clock } = instance;
  const { region, deployment } = config;
  if (systems?.of !== instance)
    systems = { of: instance, read: ticketSystems({ cloud: connectCloud(instance).cloud, region, deployment, clock }) };
  return systems.read;
}

/** Function Compute names the domain that was called; the local cloud serves functions below a path of its own. */
const originOf = ({ config }: Instance, domain: string): string =>
  config.endpoint === null ? `https://${domain}` : `${config.endpoint}/fcapp/${config.deployment}-webhook`;
