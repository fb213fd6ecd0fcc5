/**
 * What a ticketing system is told. Of a ticket, in order: taken up, with what will happen; somebody must agree; how far it is; how it ended. Each
 * is sent once, under an id of its own. None carries a key: what there is to fetch is named by its place in the bucket.
 */
import * as z from 'zod';
import type { EpochMs } from '../clock';
import { epoch } from '../engine/stored-shapes';
import type { ProofSummary } from '../network/proof';
import type { PlanSummary } from '../plan/plan';

/** What would be done, what would hold afterwards, and who would lose their way meanwhile. */
export interface Foreseen {
  /** Hash of the plan; null where the run at work must end before there is one. */
  plan: string | null;
  changes: PlanSummary | null;
  proof: ProofSummary;
  /** `office-3 and virginia, office-1`; empty where nobody is interrupted. */
  interrupted: string[];
}

export type TicketEvent =
  | { kind: 'accepted'; at: EpochMs; revision: number; run: string | null; foreseen: Foreseen | null }
  /** `missing`: how many more must agree. */
  | {
      kind: 'approval-asked';
      at: EpochMs;
      revision: number;
      reasons: string[];
      missing: number;
      foreseen: Foreseen | null;
    }
  | { kind: 'progress'; at: EpochMs; run: string; done: number; total: number }
  /** How, and with which problems, is in the submission, which does not change any more. */
  | { kind: 'outcome'; at: EpochMs }
  /** Of no ticket: one may be opened for it. */
  | { kind: 'tunnels-changed'; at: EpochMs; changes: ToldTunnel[] };

export type TunnelsChanged = Extract<TicketEvent, { kind: 'tunnels-changed' }>;

/** `vpn-connection/office-1 slave`, from `up` to `down`; `negotiation`: as the service says it. */
export interface ToldTunnel {
  tunnel: string;
  from: string;
  to: string;
  negotiation: string;
}

/** More than a ticket ever hears of; its end is told in any case. */
const MOST_EVENTS = 30;

export const withEvent = (events: readonly TicketEvent[], event: TicketEvent): TicketEvent[] =>
  event.kind !== 'outcome' && events.length >= MOST_EVENTS ? [...events] : [...events, event];

const count = z.int().min(0);
const reach = z.object({ total: count, reachable: count, assumed: count });

const foreseenSchema: z.ZodType<Foreseen> = z.object({
  plan: z.string().nullable(),
  changes: z
    .object({ create: count, update: count, replace: count, remove: count, adopt: count, keep: count })
    .nullable(),
  proof: z.object({ sitePairs: reach, applications: reach, tests: z.object({ total: count, hold: count }) }),
  interrupted: z.array(z.string()).max(1_000),
});

export const eventSchema: z.ZodType<TicketEvent> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('accepted'),
    at: epoch,
    revision: count,
    run: z.string().nullable(),
    foreseen: foreseenSchema.nullable(),
  }),
  z.object({
    kind: z.literal('approval-asked'),
    at: epoch,
    revision: count,
    reasons: z.array(z.string()).max(1_000),
    missing: count,
    foreseen: foreseenSchema.nullable(),
  }),
  z.object({ kind: z.literal('progress'), at: epoch, run: z.string(), done: count, total: count }),
  z.object({ kind: z.literal('outcome'), at: epoch }),
  z.object({
    kind: z.literal('tunnels-changed'),
    at: epoch,
    changes: z
      .array(z.object({ tunnel: z.string(), from: z.string(), to: z.string(), negotiation: z.string() }))
      .max(100),
  }),
]);
