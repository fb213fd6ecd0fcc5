/**
 * ServiceNow: a business rule or a flow on `change_request` sends the change when it comes to the state in which it is
 * taken up, Scheduled unless the system's registration says Implement. It signs as the generic form does, with the
 * digest in base64, which is what the platform's `GlideCertificateEncryption.generateMac` returns.
 *
 * States as change management's state model numbers them; Table API: `change_request.state`.
 */
import * as z from 'zod';
import type { Submission } from '../submission';
import { headline, tellEvent } from '../tell-event';
import type { TicketEvent, TunnelsChanged } from '../ticket-event';
import { openSigned } from './generic';
import {
  apiRequest,
  type CallbackRequest,
  parseJson,
  readWanted,
  type SystemAdapter,
  type Telling,
  wrong,
} from './system-adapter';

export const CHANGE_STATES = {
  New: -5,
  Assess: -4,
  Authorize: -3,
  Scheduled: -2,
  Implement: -1,
  Review: 0,
  Closed: 3,
  Canceled: 4,
} as const;

/** The table's API takes the record's id; people know the number. */
const bodySchema = z.looseObject({
  sys_id: z.string().regex(/^[0-9a-f]{32}$/),
  number: z.string().min(1).max(64),
  /** The platform's scripts hand it on as text. */
  state: z.coerce.number().int(),
});

const REMEDY = 'Correct the script of the business rule; docs/webhook.md has one.';

export const servicenow: SystemAdapter = {
  signatureHeader: 'x-trunkline-signature',
  windowSeconds: 300,
  answerIsRead: false,
  statuses: { late: 408, reused: 409 },
  open: openSigned('base64'),
  read: (body, takes) => {
    const parsed = bodySchema.safeParse(parseJson(body));
    if (!parsed.success) return { kind: 'wrong', ticket: null, record: null, problems: wrong(REMEDY) };
    const { sys_id: record, number, state, ...rest } = parsed.data;
    const taken = stateOf(takes ?? 'Scheduled');
    // Whoever agrees does so before the change is taken up, or while it waits for them.
    if (state !== taken && !('answer' in rest))
      return { kind: 'ignored', why: `the change is in state ${state}, and is taken up in ${taken}` };
    const wanted = readWanted(rest, REMEDY);
    if ('problems' in wanted) return { kind: 'wrong', ticket: number, record, problems: wanted.problems };
    return { kind: 'wish', ticket: number, record, wanted };
  },
  tell: (telling) => {
    const { submission, event, target, takes } = telling;
    if (event.kind === 'tunnels-changed') return newIncident(telling, event);
    if (submission.record === null) return null;
    const notes = asNotes(tellEvent(submission, event, MOST_CHARACTERS));
    const state = submission.attempts < TRIES_WITH_STATE ? stateAfter(submission, event, takes) : {};
    const path = `/api/now/table/change_request/${submission.record}`;
    return apiRequest(target, { method: 'PATCH', path, body: { work_notes: notes, ...state } });
  },
};

/** Table API, `incident`: where something is down. The correlation id tells a repeat. */
function newIncident({ submission, target, delivery }: Telling, event: TunnelsChanged): CallbackRequest | null {
  const summary = headline(submission, event);
  if (summary === null) return null;
  const body = {
    short_description: summary.slice(0, MOST_OF_SUMMARY),
    description: asNotes(tellEvent(submission, event, MOST_CHARACTERS)),
    correlation_id: delivery,
  };
  return apiRequest(target, { method: 'POST', path: '/api/now/table/incident', body });
}

const MOST_OF_SUMMARY = 160;

/** Of a journal field. */
const MOST_CHARACTERS = 4_000;

/** An instance's own state model may refuse the move; the words must arrive all the same. */
const TRIES_WITH_STATE = 3;

/** Implement where it begins, Review with a close code where it ends: who closes a change is a person's affair. */
function stateAfter({ state }: Submission, event: TicketEvent, takes: string | null): Record<string, string> {
  if (event.kind === 'accepted' && takes !== 'Implement') return { state: String(CHANGE_STATES.Implement) };
  if (event.kind !== 'outcome' || ['refused', 'unchanged', 'answered'].includes(state)) return {};
  const close_code = state === 'succeeded' ? 'successful' : 'unsuccessful';
  return { state: String(CHANGE_STATES.Review), close_code, close_notes: `Trunkline: ${state}` };
}

/** `[code]` in a journal makes HTML of what follows, and names in a topology are anybody's. */
const asNotes = (text: string): string => text.replace(/\[(?=\s*\/?\s*code)/gi, '( ');

export const isChangeState = (name: string): name is keyof typeof CHANGE_STATES => Object.hasOwn(CHANGE_STATES, name);
const stateOf = (name: string): number | null => (isChangeState(name) ? CHANGE_STATES[name] : null);
