/**
 * The webhook's use case: a signed request in, an answer out. Checks run from cheap to dear, and everything before the
 * signature is judged by headers alone, so that an unsigned request learns nothing about its body. What the systems do
 * differently is in systems/.
 */
import { createHmac } from 'node:crypto';
import { type Clock, durationMs } from '../clock';
import type { Crash } from '../engine/crash-points';
import type { Objects, WrittenKey } from '../engine/objects';
import type { Queue } from '../engine/queue';
import type { RunStore } from '../engine/store';
import { sha256Hex } from '../json';
import { isError, type Problem } from '../problem';
import { revealed } from '../secret';
import { parseTopology } from '../topology/parse-topology';
import type { TopologyChange } from './changes/topology-change';
import { mayComeFrom } from './source-address';
import { newSubmission, type Submission, type TicketStore } from './submission';
import { adapterOf, SIGNATURE_HEADERS } from './systems/adapter-of';
import type { Opened, Wanted, WebhookRequest } from './systems/system-adapter';
import { mayNotAnswer, type TicketAnswer } from './ticket-answer';
import type { TicketSystem, TicketSystems } from './ticket-system';

/** A request with what the headers do not say. */
export interface Delivered extends WebhookRequest {
  /** Of the path; null where a header names the system. */
  system: string | null;
  /** Where it came from, as Function Compute saw it. */
  address: string;
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
/** The sender's clock may be ahead of ours by so much. */
const AHEAD_SECONDS = 300;

export async function receiveDelivery(deps: ReceiveDeps, request: Delivered): Promise<WebhookAnswer> {
  const authenticated = await authenticate(deps, request);
  if ('status' in authenticated) return authenticated;
  const { system, opened } = authenticated;
  const { read, statuses, answerIsRead } = adapterOf(system.kind);
  const reading = read(request.body, system.takes);
  if (reading.kind === 'ignored') return { status: 200, body: { ignored: reading.why } };
  if (reading.kind === 'wrong' && (answerIsRead || reading.ticket === null))
    return problemsAnswer('body-invalid', reading.problems);
  const standing = await noted(deps.tickets, system, { ...opened, bodyHash: sha256Hex(request.body) });
  if (standing === null)
    return refusal(
      statuses.reused,
      'delivery-reused',
      'This delivery id came before with another body; use a new one.',
    );
  const { ticket, record } = reading;
  const given = { id: standing, statusUrl: deps.statusUrl(standing), system: system.name, ticket, record };
  if (reading.kind === 'wrong') return answerOf(deps, await refuse(deps, given, reading.problems));
  const problems = await take(deps, given, { system, wanted: reading.wanted });
  if (problems === null) return answerOf(deps, standing);
  if (answerIsRead) return problemsAnswer('topology-refused', problems);
  return answerOf(deps, await refuse(deps, given, problems));
}

/** Its problems; null where it is on its way. A change, and a word on a plan, are weighed by intake, by what stands then. */
async function take(
  deps: ReceiveDeps,
  given: Given,
  { system, wanted }: { system: TicketSystem; wanted: Wanted },
): Promise<Problem[] | null> {
  if (wanted.kind === 'change') {
    const { change } = wanted;
    await accept(deps, { ...given, network: change.network, change, answer: null, bytes: null });
    return null;
  }
  if (wanted.kind === 'answer') {
    const { answer } = wanted;
    const problems = mayNotAnswer(system, answer.by);
    if (problems.length > 0) return problems;
    await accept(deps, { ...given, network: answer.network, change: null, answer, bytes: null });
    return null;
  }
  const { topology, problems } = parseTopology(wanted.text, 'topology');
  if (!topology) return problems;
  const bytes = new TextEncoder().encode(wanted.text);
  await accept(deps, { ...given, network: topology.name, change: null, answer: null, bytes });
  return null;
}

/** The delivery's submission, the first time and ever after; null where the delivery came with another body before. */
async function noted(
  tickets: TicketStore,
  system: TicketSystem,
  { delivery, identity, bodyHash }: Opened & { bodyHash: string },
): Promise<string | null> {
  let submission = submissionId(system, identity);
  // First what the signature covers: under another identifier, which is not signed, it is the same delivery.
  for (const id of new Set([identity, delivery])) {
    const standing = await tickets.noteDelivery({ system: system.name, delivery: id, bodyHash, submission });
    if (standing.bodyHash !== bodyHash) return null;
    submission = standing.submission;
  }
  return submission;
}

const answerOf = (deps: ReceiveDeps, submission: string): WebhookAnswer => ({
  status: 202,
  body: { submission, statusUrl: deps.statusUrl(submission) },
});

async function authenticate(
  deps: ReceiveDeps,
  request: Delivered,
): Promise<WebhookAnswer | { system: TicketSystem; opened: Opened }> {
  const { headers, body, address } = request;
  if (body.byteLength > BODY_LIMIT) return refusal(413, 'body-too-large', `The limit is ${BODY_LIMIT} bytes.`);
  if (!/^application\/json(;|$)/i.test(headers['content-type'] ?? ''))
    return refusal(415, 'content-type', 'Send application/json.');
  if (SIGNATURE_HEADERS.every((name) => !headers[name])) return refusal(401, 'unsigned', 'Sign the request.');
  const system = await deps.systems(request.system ?? headers['x-trunkline-system'] ?? '');
  // An unknown system and a strange address are answered like a wrong signature: which there are is nobody's business.
  if (!system || !mayComeFrom(system.addresses, address)) return FORGED;
  const { open, windowSeconds, statuses } = adapterOf(system.kind);
  const opened = open(request, system.keys);
  if (!opened) return FORGED;
  const age = deps.wall.now() / 1_000 - opened.sentAt;
  if (age > windowSeconds || age < -AHEAD_SECONDS)
    return refusal(statuses.late, 'outside-window', `It was sent more than ${windowSeconds} seconds ago, or is ahead.`);
  return { system, opened };
}

const FORGED: WebhookAnswer = {
  status: 401,
  body: {
    error: 'signature-wrong',
    message: 'No key of this system has signed this request, or it comes from where the system is not.',
  },
};

type Given = Pick<Submission, 'id' | 'statusUrl' | 'system' | 'ticket' | 'record'>;

/** For the ticket to hear of, by way of intake: the webhook itself sends nothing to anybody. */
async function refuse(deps: ReceiveDeps, given: Given, problems: Problem[]): Promise<string> {
  const at = deps.clock.now();
  if (await deps.tickets.readSubmission(given.id)) return given.id;
  await deps.runs.noteOpen({ kind: 'submission', id: given.id, network: '', at });
  const submission = newSubmission({ ...given, network: null, receivedAt: at });
  const events = [{ kind: 'outcome', at } as const];
  await deps.tickets.writeSubmission({ ...submission, state: 'refused', problems, events });
  await deps.queue.send('intake', { format: 1, submission: given.id }, durationMs(0));
  return given.id;
}

interface Accepted extends Given {
  network: string;
  change: TopologyChange | null;
  answer: TicketAnswer | null;
  /** Null but for a topology. */
  bytes: Uint8Array | null;
}

/** A word that no ticket carried: nobody's but its own submission hears of it. */
export const acceptAnswer = (
  deps: Omit<ReceiveDeps, 'systems' | 'wall'>,
  { id, system, answer }: { id: string; system: string; answer: TicketAnswer },
): Promise<void> => {
  const given = { id, statusUrl: deps.statusUrl(id), system, ticket: null, record: null };
  return accept(deps, { ...given, network: answer.network, change: null, answer, bytes: null });
};

/** Repeating it for the same delivery changes nothing but time: the row is written once, the message may come twice. */
async function accept(deps: Omit<ReceiveDeps, 'systems' | 'wall'>, accepted: Accepted): Promise<void> {
  const standing = await deps.tickets.readSubmission(accepted.id);
  if (standing && standing.state !== 'received') return;
  const at = deps.clock.now();
  const object: WrittenKey = `submissions/${accepted.id}.yaml`;
  if (accepted.bytes !== null) await deps.objects.put(object, accepted.bytes, 'application/yaml');
  await deps.runs.noteOpen({ kind: 'submission', id: accepted.id, network: accepted.network, at });
  const { bytes, ...given } = accepted;
  if (!standing)
    await deps.tickets.writeSubmission({
      ...newSubmission({ ...given, receivedAt: at }),
      object: bytes === null ? '' : object,
    });
  deps.crash('submission/recorded');
  await deps.queue.send('intake', { format: 1, submission: accepted.id }, durationMs(0));
}

/** Derived from the delivery, so that the same one gets the same answer; from the key, so that nobody else can guess it. */
const submissionId = (system: TicketSystem, identity: string): string =>
  createHmac('sha256', firstKey(system)).update(`submission.${system.name}.${identity}`).digest('hex').slice(0, 32);

const firstKey = ({ keys: [first] }: TicketSystem): string => (first ? revealed(first) : '');

const problemsAnswer = (error: string, problems: Problem[]): WebhookAnswer => ({
  status: 422,
  body: { error, message: `${problems.filter(isError).length} errors`, problems },
});

export const refusal = (status: number, error: string, message: string): WebhookAnswer => ({
  status,
  body: { error, message },
});
