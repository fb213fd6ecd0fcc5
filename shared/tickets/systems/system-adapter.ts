/**
 * What tells one ticketing system from another: how it signs, where the topology stands in what it sends, and when a
 * ticket is ready to be taken up. Pure: what a request means hangs on its bytes and on how the system is registered.
 * One file a system beside this one; adapter-of.ts has the list.
 */
import * as z from 'zod';
import { type Problem, problemOf } from '../../problem';
import { revealed, type Secret } from '../../secret';
import type { CallbackTarget } from '../callback-target';
import { changeSchema, type TopologyChange } from '../changes/topology-change';
import type { Submission } from '../submission';
import { answerSchema, type TicketAnswer } from '../ticket-answer';
import type { TicketEvent } from '../ticket-event';
import type { TicketSystem } from '../ticket-system';

export type SystemKind = 'generic' | 'jira' | 'servicenow';

export interface WebhookRequest {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** A request that one of the system's keys has signed. */
export interface Opened {
  /** Stays the same over the sender's own tries. */
  delivery: string;
  /** What tells this delivery from all others, and is covered by the signature: nobody can make another one of it. */
  identity: string;
  /** Unix seconds. */
  sentAt: number;
}

/** A topology's text, a change to the one that stands, or somebody's word on a plan. */
export type Wanted =
  | { kind: 'topology'; text: string }
  | { kind: 'change'; change: TopologyChange }
  | { kind: 'answer'; answer: TicketAnswer };

/** What the ticket wants. */
export interface TicketWish {
  kind: 'wish';
  /** As people call it: `CHG0030192`, `NET-17`. */
  ticket: string | null;
  /** As the system's API calls it, where that differs. */
  record: string | null;
  wanted: Wanted;
}

export type Reading =
  | TicketWish
  /** Nothing for us: an event that we did not ask for, a ticket that is not ready yet. */
  | { kind: 'ignored'; why: string }
  /** Told to the sender at once, and to the ticket where one is named. */
  | { kind: 'wrong'; ticket: string | null; record: string | null; problems: Problem[] };

/** What is told to a ticket, and where to; a pure function of these makes the request. */
export interface Telling {
  submission: Submission;
  event: TicketEvent;
  target: CallbackTarget;
  /** Stays the same over all tries of one event. */
  delivery: string;
  /** Unix seconds, of the receiver's time. */
  timestamp: string;
  takes: string | null;
  /** Where each who may agree does so; only for a receiver that hands each on to its own. */
  links: { by: string; url: string }[];
  /** Whether anybody may agree by way of the ticket. */
  takesWords: boolean;
  opens: TicketSystem['opens'];
}

export interface CallbackRequest {
  method: 'POST' | 'PATCH';
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface SystemAdapter {
  /** The header without which a request is not looked at. */
  signatureHeader: string;
  /** How old a request may be: as old as the sender's last try. */
  windowSeconds: number;
  /** Whether a person sees what the webhook answers; where not, every problem goes to the ticket instead. */
  answerIsRead: boolean;
  /** Of what comes too late, and of a delivery's id with another body: a status that the sender does not try again on. */
  statuses: { late: number; reused: number };
  /** Null where no key has signed it. */
  open(request: WebhookRequest, keys: readonly Secret[]): Opened | null;
  /** `takes`: the status in which a ticket is taken up; null for the system's usual one. */
  read(body: Uint8Array, takes: string | null): Reading;
  /** Null where nobody can be told: the ticket has no name, or the system opens none for this. */
  tell(telling: Telling): CallbackRequest | null;
}

/** A user's token, or one that needs no user. */
const authorization = ({ user, key }: CallbackTarget): string =>
  user === null ? `Bearer ${revealed(key)}` : `Basic ${Buffer.from(`${user}:${revealed(key)}`).toString('base64')}`;

/** Of the system's own API. `path`: below the address that was registered. */
export const apiRequest = (
  target: CallbackTarget,
  { method, path, body }: { method: CallbackRequest['method']; path: string; body: object },
): CallbackRequest => ({
  method,
  url: `${target.url.replace(/\/+$/, '')}${path}`,
  headers: { 'content-type': 'application/json', accept: 'application/json', authorization: authorization(target) },
  body: JSON.stringify(body),
});

export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}

const topologySchema = z.strictObject({ topology: z.string().min(1) });

/** Of what stands beside the ticket's own fields; `remedy`: how this system is to say it. */
export function readWanted(rest: object, remedy: string): Wanted | { problems: Problem[] } {
  const change = 'change' in rest ? changeSchema.safeParse(rest) : null;
  if (change?.success) return { kind: 'change', change: change.data };
  const answer = change === null && 'answer' in rest ? answerSchema.safeParse(rest) : null;
  if (answer?.success) return { kind: 'answer', answer: answer.data };
  const topology = change === null && answer === null ? topologySchema.safeParse(rest) : null;
  if (topology?.success) return { kind: 'topology', text: topology.data.topology };
  const issues = (change ?? answer ?? topology)?.error?.issues ?? [];
  return {
    problems: wrong(
      remedy,
      issues.slice(0, MOST_TOLD).map(({ path }) => path.join('.')),
    ),
  };
}

const MOST_TOLD = 20;

/** One for each place; nothing of what stands there is quoted. */
export const wrong = (remedy: string, places: readonly string[] = ['']): Problem[] =>
  places.map((place) => {
    const message = `${place === '' ? 'the body' : place.slice(0, 100)} is not what was expected`;
    return problemOf({ code: 'body-invalid', message, remedy });
  });
