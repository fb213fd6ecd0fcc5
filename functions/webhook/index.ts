/** The ticketing system's door: POST a topology, GET what became of it. */
import { runStore } from '../../shared/store/store';
import { receiveDelivery, refusal, type WebhookAnswer } from '../../shared/tickets/receive-delivery';
import { submissionStatus } from '../../shared/tickets/submission-status';
import { ticketStore } from '../../shared/tickets/ticket-store';
import { ticketSystems } from '../../shared/tickets/ticket-system';
import { connectCloud } from '../assemble-cloud';
import { assembleObjects } from '../assemble-objects';
import { assembleQueue } from '../assemble-queue';
import { assembleTables } from '../assemble-store';
import { type HttpRequest, httpRequestOf } from '../events';
import { type Instance, instanceOf } from '../instance';
import { noCrash } from '../no-crash';

export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  isBase64Encoded: false;
  body: string;
}

const STATUS_PATH = /^\/v1\/submissions\/([^/]+)$/;

export async function handler(event: Buffer, context: unknown): Promise<HttpResponse> {
  const instance = instanceOf(context);
  const request = httpRequestOf(event);
  const answer = await route(instance, request);
  instance.log.info('webhook', { method: request.method, status: answer.status });
  return {
    statusCode: answer.status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    isBase64Encoded: false,
    body: JSON.stringify(answer.body),
  };
}

async function route(instance: Instance, request: HttpRequest): Promise<WebhookAnswer> {
  const tables = assembleTables(instance);
  const status = STATUS_PATH.exec(request.path);
  if (status) {
    if (request.method !== 'GET') return refusal(405, 'method', 'Only GET.');
    return submissionStatus(ticketStore(tables), status[1] ?? '');
  }
  if (request.path !== '/v1/topologies') return refusal(404, 'not-found', 'POST /v1/topologies.');
  if (request.method !== 'POST') return refusal(405, 'method', 'Only POST.');
  const { region, deployment } = instance.config;
  return receiveDelivery(
    {
      systems: systemsOf(instance, { region, deployment }),
      tickets: ticketStore(tables),
      runs: runStore(tables),
      objects: assembleObjects(instance),
      queue: assembleQueue(instance),
      clock: instance.clock,
      wall: instance.wall,
      crash: noCrash,
      statusUrl: (submission) => `${originOf(instance, request)}/v1/submissions/${submission}`,
    },
    request,
  );
}

let systems: { of: Instance; read: ReturnType<typeof ticketSystems> } | null = null;

/** Kept over requests: their secrets are read once a minute, not once a request. */
function systemsOf(
  instance: Instance,
  place: { region: string; deployment: string },
): ReturnType<typeof ticketSystems> {
  if (systems?.of !== instance)
    systems = {
      of: instance,
      read: ticketSystems({ cloud: connectCloud(instance).cloud, clock: instance.clock, ...place }),
    };
  return systems.read;
}

/** Function Compute names the domain that was called; the local cloud serves functions below a path of its own. */
const originOf = ({ config }: Instance, { domain }: HttpRequest): string =>
  config.endpoint === null ? `https://${domain}` : `${config.endpoint}/fcapp/${config.deployment}-webhook`;
