/** Our own signed form: docs/webhook.md. Headers carry time and delivery, and the signature covers both. */
import * as z from 'zod';
import { verify } from '../signature';
import { type Opened, parseJson, readWanted, type SystemAdapter, wrong } from './system-adapter';

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
    if (!parsed.success) return { kind: 'wrong', ticket: null, problems: wrong(REMEDY) };
    const { ticket = null, ...rest } = parsed.data;
    const wanted = readWanted(rest, REMEDY);
    if ('problems' in wanted) return { kind: 'wrong', ticket, problems: wanted.problems };
    return { kind: 'wish', ticket, wanted };
  },
};
