/** Our own signed form: docs/webhook.md. Headers carry time and delivery, and the signature covers both. */
import * as z from 'zod';
import { sign, verify } from '../signature';
import type { Submission } from '../submission';
import { placesOf } from '../tell-event';
import type { TicketEvent } from '../ticket-event';
import { type Opened, parseJson, readWanted, type SystemAdapter, type Telling, wrong } from './system-adapter';

const DELIVERY = /^[\x21-\x7e]{1,128}$/;
const TIMESTAMP = /^\d{1,12}$/;

const bodySchema = z.looseObject({ ticket: z.string().max(128).optional() });
const REMEDY = 'Send {"topology": "<the file\'s text>", "ticket": "…"}, or a change as docs/webhook.md has it.';

/** What the generic form and ServiceNow's have in common. `encoding`: of the signature's digest. */
export const openSigned =
  (encoding: 'hex' | 'base64'): SystemAdapter['open'] =>
  ({ headers, body }, keys): Opened | null => {
    const delivery = headers['x-trunkline-delivery'] ?? '';
    const timestamp = headers['x-trunkline-timestamp'] ?? '';
    if (!DELIVERY.test(delivery) || !TIMESTAMP.test(timestamp)) return null;
    const signature = headers['x-trunkline-signature'] ?? '';
    if (!verify(keys, { timestamp, delivery, body }, signature, encoding)) return null;
    return { delivery, identity: delivery, sentAt: Number(timestamp) };
  };

export const generic: SystemAdapter = {
  signatureHeader: 'x-trunkline-signature',
  windowSeconds: 300,
  answerIsRead: true,
  statuses: { late: 408, reused: 409 },
  open: openSigned('hex'),
  read: (body) => {
    const parsed = bodySchema.safeParse(parseJson(body));
    if (!parsed.success) return { kind: 'wrong', ticket: null, record: null, problems: wrong(REMEDY) };
    const { ticket = null, ...rest } = parsed.data;
    const wanted = readWanted(rest, REMEDY);
    if ('problems' in wanted) return { kind: 'wrong', ticket, record: null, problems: wanted.problems };
    return { kind: 'wish', ticket, record: null, wanted };
  },
  tell: ({ submission, event, target, delivery, timestamp, links }) => {
    const body = JSON.stringify(toldOf(submission, event, links));
    return {
      method: 'POST',
      url: target.url,
      headers: {
        'content-type': 'application/json',
        'x-trunkline-delivery': delivery,
        'x-trunkline-timestamp': timestamp,
        'x-trunkline-signature': sign(target.key, { timestamp, delivery, body: new TextEncoder().encode(body) }),
      },
      body,
    };
  },
};

/** What is not known, or is another event's, is null. */
function toldOf(submission: Submission, event: TicketEvent, links: Telling['links']): object {
  const { id, ticket, network, state, revision, run, problems } = submission;
  const isEnd = event.kind === 'outcome';
  const places = isEnd ? placesOf(network, run) : [];
  return {
    event: event.kind,
    submission: id,
    ticket,
    network,
    outcome: isEnd ? state : null,
    revision: 'revision' in event ? event.revision : revision,
    run: 'run' in event ? event.run : run,
    problems: event.kind === 'progress' ? [] : problems,
    plan: 'foreseen' in event ? event.foreseen : null,
    approval: event.kind === 'approval-asked' ? { reasons: event.reasons, missing: event.missing, links } : null,
    tunnels: event.kind === 'tunnels-changed' ? event.changes : null,
    progress: event.kind === 'progress' ? { done: event.done, total: event.total } : null,
    report: places.find(({ what }) => what === 'report')?.key ?? null,
    proof: places.find(({ what }) => what === 'proof')?.key ?? null,
    timeline: places.find(({ what }) => what === 'timeline')?.key ?? null,
  };
}
