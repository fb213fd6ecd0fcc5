/**
 * ServiceNow: a business rule or a flow on `change_request` sends the change when it comes to the state in which it is
 * taken up, Scheduled unless the system's registration says Implement. It signs as the generic form does, with the
 * digest in base64, which is what the platform's `GlideCertificateEncryption.generateMac` returns.
 *
 * States as change management's state model numbers them; Table API: `change_request.state`.
 */
import * as z from 'zod';
import { problemOf } from '../../problem';
import { openSigned } from './generic';
import { parseJson, type SystemAdapter } from './system-adapter';

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
const bodySchema = z.strictObject({
  sys_id: z.string().regex(/^[0-9a-f]{32}$/),
  number: z.string().min(1).max(64),
  /** The platform's scripts hand it on as text. */
  state: z.coerce.number().int(),
  topology: z.string().min(1),
});

export const servicenow: SystemAdapter = {
  signatureHeader: 'x-trunkline-signature',
  windowSeconds: 300,
  answerIsRead: false,
  statuses: { late: 408, reused: 409 },
  open: openSigned('base64'),
  read: (body, takes) => {
    const parsed = bodySchema.safeParse(parseJson(body));
    if (!parsed.success) {
      const message =
        'the body is not {"sys_id": "…", "number": "CHG…", "state": "-2", "topology": "<the file\'s text>"}';
      const remedy = 'Correct the script of the business rule; docs/webhook.md has one.';
      return { kind: 'wrong', ticket: null, problem: problemOf({ code: 'body-invalid', message, remedy }) };
    }
    const { number, state, topology } = parsed.data;
    const taken = stateOf(takes ?? 'Scheduled');
    if (state !== taken)
      return { kind: 'ignored', why: `the change is in state ${state}, and is taken up in ${taken}` };
    return { kind: 'wish', ticket: number, topology };
  },
};

export const isChangeState = (name: string): name is keyof typeof CHANGE_STATES => Object.hasOwn(CHANGE_STATES, name);
const stateOf = (name: string): number | null => (isChangeState(name) ? CHANGE_STATES[name] : null);
