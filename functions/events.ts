/** What triggers deliver, parsed: an event is always a Buffer, and nothing in it is believed unread. */
import * as z from 'zod';
import { type EpochMs, epochMs } from '../shared/clock';
import type { TaskMessage } from '../shared/engine/task';
import { TrunklineError } from '../shared/errors';
import { FORMAT, refuseOtherFormat } from '../shared/format';
import { listOf } from '../shared/list-of';

/** EventBridge delivers an array of CloudEvents; the body may arrive as text or already parsed. */
const queueEvent = z.object({ data: z.object({ messageBody: z.unknown() }) });

/** More than any batch has. An event of 6 MB can hold two million empty lists, which took six seconds. */
const MOST_MESSAGES = 20_000;

/** Bodies of all messages of the event. One that cannot be read is null, which no message is: its neighbours are not held up. */
export function queueMessages(event: Buffer): unknown[] {
  const parsed = json(event);
  const given = Array.isArray(parsed) ? parsed : [parsed];
  if (given.length > MOST_MESSAGES) throw malformed(`a queue event of at most ${MOST_MESSAGES} messages`);
  const items = given.map((item) => queueEvent.safeParse(item));
  if (items.length > 0 && !items.some(({ success }) => success)) throw malformed('a queue event');
  return items.map(({ data }) => bodyOf(data?.data.messageBody));
}

function bodyOf(body: unknown): unknown {
  if (typeof body !== 'string') return body ?? null;
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

const taskSchema = z.object({ format: z.literal(FORMAT), run: z.string(), task: z.string(), wake: z.int().min(0) });

/** A message of another format is refused by name, not misread: the queue keeps it, and then its dead letters. */
export function taskMessageOf(body: unknown): TaskMessage {
  refuseOtherFormat(body, 'a task message');
  const parsed = taskSchema.safeParse(body);
  if (!parsed.success) throw malformed('a task message');
  return parsed.data as TaskMessage;
}

const id = z.string().regex(/^[0-9a-f]{32}$/);
const intakeSchema = z.union([
  z.strictObject({ format: z.literal(FORMAT), submission: id }),
  z.strictObject({ format: z.literal(FORMAT), order: id }),
]);

/** A ticket's submission to take, or an operator's order. */
export type IntakeMessage = { submission: string } | { order: string };

export function intakeMessageOf(body: unknown): IntakeMessage {
  refuseOtherFormat(body, 'a message to intake');
  const parsed = intakeSchema.safeParse(body);
  if (!parsed.success) throw malformed('a message to intake');
  return parsed.data;
}

const submissionSchema = z.object({ format: z.literal(FORMAT), submission: id });

export function submissionOf(body: unknown): string {
  refuseOtherFormat(body, 'a submission message');
  const parsed = submissionSchema.safeParse(body);
  if (!parsed.success) throw malformed('a submission message');
  return parsed.data.submission;
}

const ossEvent = z.object({
  events: listOf(
    z.object({
      eventName: z.string(),
      eventTime: z.iso.datetime({ offset: true }).optional().catch(undefined),
      oss: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
    }),
  ),
});

export interface ChangedObject {
  key: string;
  removed: boolean;
  /** By the service's clock; null where it does not say. */
  at: EpochMs | null;
}

/** Keys of the objects that changed, decoded: some arrive URL-encoded. Null where the event is no OSS event. */
export function changedObjects(event: Buffer): ChangedObject[] | null {
  const parsed = ossEvent.safeParse(json(event));
  if (!parsed.success) return null;
  return parsed.data.events.map(({ eventName, eventTime, oss }) => ({
    key: decoded(oss.object.key),
    removed: eventName.startsWith('ObjectRemoved'),
    at: eventTime === undefined ? null : epochMs(Date.parse(eventTime)),
  }));
}

const httpEvent = z.object({
  version: z.literal('v1'),
  rawPath: z.string(),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
  headers: z.record(z.string(), z.string()).default({}),
  requestContext: z.object({
    domainName: z.string().default(''),
    http: z.object({ method: z.string(), path: z.string(), sourceIp: z.string().default('') }),
  }),
});

export interface HttpRequest {
  method: string;
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
  domain: string;
  /** Who called, as Function Compute saw it; empty where it does not say. */
  address: string;
}

export function httpRequestOf(event: Buffer): HttpRequest {
  const parsed = httpEvent.safeParse(json(event));
  if (!parsed.success) throw malformed('an HTTP event');
  const { body, isBase64Encoded, headers, requestContext } = parsed.data;
  return {
    method: requestContext.http.method.toUpperCase(),
    path: requestContext.http.path,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
    domain: requestContext.domainName,
    address: requestContext.http.sourceIp,
  };
}

function json(event: Buffer): unknown {
  try {
    return JSON.parse(event.toString('utf8'));
  } catch {
    throw malformed('JSON');
  }
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

const malformed = (what: string): TrunklineError =>
  new TrunklineError('EventMalformed', `the trigger delivered something that is not ${what}`);
