/** The ticketing system's door: POST a topology, GET what became of it. */
import { runStore } from '../../shared/store/store';
import { PAGE_HEADERS } from '../../shared/tickets/approval-page';
import { openApproval, type PageAnswer } from '../../shared/tickets/open-approval';
import { receiveDelivery, refusal, type WebhookAnswer } from '../../shared/tickets/receive-delivery';
import { submissionStatus } from '../../shared/tickets/submission-status';
import { ticketStore } from '../../shared/tickets/ticket-store';
import type { TicketSystems } from '../../shared/tickets/ticket-system';
import { type HttpRequest, httpRequestOf } from '../events';
import type { Surroundings, WithObjects, WithQueue, WithTables } from '../surroundings';

export interface WebhookSurroundings extends Surroundings, WithTables, WithQueue, WithObjects {
  systems: TicketSystems;
  /** `https://<domain that was called>` */
  originOf(domain: string): string;
}

export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  isBase64Encoded: false;
  body: string;
}

/** For a system that cannot name itself in a header; Jira sends none of ours. */
const SYSTEM_PATH = /^\/v1\/tickets\/([^/]+)$/;
const STATUS_PATH = /^\/v1\/submissions\/([^/]+)$/;
/** For people: what is in it is nobody's to log. */
const APPROVAL_PATH = /^\/v1\/approvals\/([^/]+)$/;

export async function handleWebhook(surroundings: WebhookSurroundings, event: Buffer): Promise<HttpResponse> {
  const request = httpRequestOf(event);
  const approval = APPROVAL_PATH.exec(request.path);
  const answer = approval
    ? await showApproval(surroundings, request, approval[1] ?? '')
    : await route(surroundings, request);
  const isPage = 'html' in answer;
  const refused = (isPage ? answer.refused : answer.body['error']) ?? '';
  surroundings.log.info('webhook', { method: request.method, status: answer.status, refused: String(refused) });
  return {
    statusCode: answer.status,
    headers: isPage ? { ...PAGE_HEADERS } : { 'content-type': 'application/json', 'cache-control': 'no-store' },
    isBase64Encoded: false,
    body: isPage ? answer.html : JSON.stringify(answer.body),
  };
}

async function showApproval(
  surroundings: WebhookSurroundings,
  request: HttpRequest,
  token: string,
): Promise<WebhookAnswer | PageAnswer> {
  const { method, headers, body } = request;
  if (method !== 'GET' && method !== 'POST') return refusal(405, 'method', 'GET, or the page’s POST.');
  const contentType = headers['content-type'] ?? '';
  return openApproval(dependencies(surroundings, request), { method, token, contentType, body });
}

function dependencies(surroundings: WebhookSurroundings, { domain }: HttpRequest) {
  const { tables, queue, objects, systems, clock, wall, crash, originOf } = surroundings;
  const statusUrl = (submission: string): string => `${originOf(domain)}/v1/submissions/${submission}`;
  return {
    systems,
    tickets: ticketStore(tables),
    runs: runStore(tables),
    objects,
    queue,
    clock,
    wall,
    crash,
    statusUrl,
  };
}

async function route(surroundings: WebhookSurroundings, request: HttpRequest): Promise<WebhookAnswer> {
  const deps = dependencies(surroundings, request);
  const { tickets } = deps;
  const status = STATUS_PATH.exec(request.path);
  if (status) {
    if (request.method !== 'GET') return refusal(405, 'method', 'Only GET.');
    return submissionStatus(tickets, status[1] ?? '');
  }
  const [, system = null] = SYSTEM_PATH.exec(request.path) ?? [];
  if (system === null && request.path !== '/v1/topologies')
    return refusal(404, 'not-found', 'POST /v1/topologies, or /v1/tickets/<system>.');
  if (request.method !== 'POST') return refusal(405, 'method', 'Only POST.');
  return receiveDelivery(deps, { ...request, system });
}
