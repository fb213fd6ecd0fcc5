/**
 * ServiceNow: a business rule or a flow on `change_request` sends the change when it comes to the state in which it is
 * taken up, Scheduled unless the system's registration says Implement. It signs as the generic form does, with the
 * digest in base64, which is what the platform's `GlideCertificateEncryption.generateMac` returns.
 *
 * States as change management's state model numbers them; Table API: `change_request.state`.
 */
import * as z from 'zod';
import { openSigned } from './generic';
import { parseJson, readWanted, type SystemAdapter, wrong } from './system-adapter';

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
    if (!parsed.success) return { kind: 'wrong', ticket: null, problems: wrong(REMEDY) };
    const { sys_id: _, number, state, ...rest } = parsed.data;
    const taken = stateOf(takes ?? 'Scheduled');
    if (state !== taken)
      return { kind: 'ignored', why: `the change is in state ${state}, and is taken up in ${taken}` };
    const wanted = readWanted(rest, REMEDY);
    if ('problems' in wanted) return { kind: 'wrong', ticket: number, problems: wanted.problems };
    return { kind: 'wish', ticket: number, wanted };
  },
};

export const isChangeState = (name: string): name is keyof typeof CHANGE_STATES => Object.hasOwn(CHANGE_STATES, name);
const stateOf = (name: string): number | null => (isChangeState(name) ? CHANGE_STATES[name] : null);
