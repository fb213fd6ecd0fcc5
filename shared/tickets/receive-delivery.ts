/**
 * The webhook's use case: a signed request in, an answer out. Checks run from cheap to dear, and everything before the
 * signature is judged by headers alone, so that an unsigned request learns nothing about its body.
 */
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { type Clock, durationMs } from '../clock';
import type { Crash } from '../engine/crash-points';
import type { Objects, WrittenKey } from '../engine/objects';
import type { Queue } from '../engine/queue';
import type { RunStore } from '../engine/store';
import { sha256Hex } from '../json';
import { isError, type Problem } from '../problem';
import { revealed } from '../secret';
import { parseTopology } from '../topology/parse-topology';
import { verify } from './signature';
import type { Submission, TicketStore } from './submission';
import type { TicketSystem, TicketSystems } from './ticket-system';

export interface WebhookRequest {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

export interface WebhookAnswer {
  status: number;
  body: { [key: string]: unknown };
}

export interface ReceiveDeps {
  systems: TicketSystems;
  tickets: TicketStore;
  runs: Pick<RunStore, 'noteOpen'>;
  objects: Objects;
  queue: Queue;
  /** The cloud's time; see ClockRate. */
  clock: Clock;
  /** Everybody else's time: what a sender's timestamp is compared with. */
  wall: Clock;
  crash: Crash;
  /** `https://…/v1/submissions/` */
  statusUrl(submission: string): string;
}

export const BODY_LIMIT = 1_048_576;
const WINDOW_SECONDS = 300;
const DELIVERY = /^[\x21-\x7e]{1,128}$/;

const bodySchema = z.strictObject({ topology: z.string().min(1), ticket: z.string().max(128).optional() });

export async function receiveDelivery(deps: ReceiveDeps, request: WebhookRequest): Promise<WebhookAnswer> {
  const authenticated = await authenticate(deps, request);
  if ('status' in authenticated) return authenticated;
  const { system, delivery } = authenticated;
  const parsed = bodySchema.safeParse(parseJson(request.body));
  if (!parsed.success)
    return refusal(422, 'body-invalid', 'The body is {"topology": "<the file\'s text>", "ticket": "…"}.');
  const note = {
    system: system.name,
    delivery,
    bodyHash: sha256Hex(request.body),
    submission: submissionId(system, delivery),
  };
  const standing = await deps.tickets.noteDelivery(note);
  if (standing.bodyHash !== note.bodyHash)
    return refusal(409, 'delivery-reused', 'This delivery id came before with another body; use a new one.');
  const { topology, problems } = parseTopology(parsed.data.topology, 'topology');
  if (!topology) return problemsAnswer(problems);
  await accept(deps, {
    id: standing.submission,
    system: system.name,
    ticket: parsed.data.ticket ?? null,
    network: topology.name,
    bytes: new TextEncoder().encode(parsed.data.topology),
  });
  return {
    status: 202,
    body: { submission: standing.submission, statusUrl: deps.statusUrl(standing.submission) },
  };
}

async function authenticate(
  deps: ReceiveDeps,
  { headers, body }: WebhookRequest,
): Promise<WebhookAnswer | { system: TicketSystem; delivery: string }> {
  if (body.byteLength > BODY_LIMIT) return refusal(413, 'body-too-large', `The limit is ${BODY_LIMIT} bytes.`);
  if (!/^application\/json(;|$)/i.test(headers['content-type'] ?? ''))
    return refusal(415, 'content-type', 'Send application/json.');
  const delivery = headers['x-trunkline-delivery'] ?? '';
  const timestamp = headers['x-trunkline-timestamp'] ?? '';
  const signature = headers['x-trunkline-signature'] ?? '';
  if (!DELIVERY.test(delivery) || !/^\d{1,12}$/.test(timestamp) || signature === '')
    return refusal(401, 'unsigned', 'Send X-Trunkline-System, -Timestamp, -Delivery and -Signature.');
  const system = await deps.systems(headers['x-trunkline-system'] ?? '');
  // An unknown system is answered like a wrong signature: which systems exist is nobody's business.
  if (!system || !verify(system.keys, { timestamp, delivery, body }, signature))
    return refusal(401, 'signature-wrong', 'The signature does not match the raw body under a key of this system.');
  if (Math.abs(deps.wall.now() / 1_000 - Number(timestamp)) > WINDOW_SECONDS)
    return refusal(408, 'outside-window', `The timestamp is more than ${WINDOW_SECONDS} seconds from now.`);
  return { system, delivery };
}

interface Accepted {
  id: string;
  system: string;
  ticket: string | null;
  network: string;
  bytes: Uint8Array;
}

/** Repeating it for the same delivery changes nothing but time: the row is written once, the message may come twice. */
async function accept(deps: ReceiveDeps, accepted: Accepted): Promise<void> {
  const standing = await deps.tickets.readSubmission(accepted.id);
  if (standing && standing.state !== 'received') return;
  const at = deps.clock.now();
  const object: WrittenKey = `submissions/${accepted.id}.yaml`;
  await deps.objects.put(object, accepted.bytes, 'application/yaml');
  await deps.runs.noteOpen({ kind: 'submission', id: accepted.id, network: accepted.network, at });
  if (!standing) await deps.tickets.writeSubmission(fresh(accepted, object, at));
  deps.crash('submission/recorded');
  await deps.queue.send('intake', { format: 1, submission: accepted.id }, durationMs(0));
}

const fresh = (
  { id, system, ticket, network }: Accepted,
  object: string,
  receivedAt: Submission['receivedAt'],
): Submission => ({
  id,
  system,
  ticket,
  network,
  object,
  receivedAt,
  state: 'received',
  revision: null,
  run: null,
  problems: [],
  callback: 'none',
  attempts: 0,
  nextAttemptAt: receivedAt,
  version: 0,
});

/** Derived from the delivery, so that the same one gets the same answer; from the key, so that nobody else can guess it. */
const submissionId = (system: TicketSystem, delivery: string): string =>
  createHmac('sha256', firstKey(system)).update(`submission.${system.name}.${delivery}`).digest('hex').slice(0, 32);

const firstKey = ({ keys: [first] }: TicketSystem): string => (first ? revealed(first) : '');

const problemsAnswer = (problems: Problem[]): WebhookAnswer => ({
  status: 422,
  body: { error: 'topology-refused', message: `${problems.filter(isError).length} errors`, problems },
});

export const refusal = (status: number, error: string, message: string): WebhookAnswer => ({
  status,
  body: { error, message },
});

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}
