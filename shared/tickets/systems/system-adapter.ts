/**
 * What tells one ticketing system from another: how it signs, where the topology stands in what it sends, and when a
 * ticket is ready to be taken up. Pure: what a request means hangs on its bytes and on how the system is registered.
 * One file a system beside this one; adapter-of.ts has the list.
 */
import type { Problem } from '../../problem';
import type { Secret } from '../../secret';

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

/** What the ticket wants. */
export interface TicketWish {
  kind: 'wish';
  /** As people call it: `CHG0030192`, `NET-17`. */
  ticket: string | null;
  topology: string;
}

export type Reading =
  | TicketWish
  /** Nothing for us: an event that we did not ask for, a ticket that is not ready yet. */
  | { kind: 'ignored'; why: string }
  /** Told to the sender at once, and to the ticket where one is named. */
  | { kind: 'wrong'; ticket: string | null; problem: Problem };

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
}

export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}
