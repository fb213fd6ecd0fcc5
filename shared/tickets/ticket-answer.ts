/** Somebody's word on a plan that waits for it, as a ticketing system hands it on; and whose word it may hand on. */
import * as z from 'zod';
import { type Problem, problemOf } from '../problem';
import type { TicketSystem } from './ticket-system';

export interface TicketAnswer {
  answer: 'agree' | 'refuse';
  network: string;
  /** Of the plan's hash, the first digits: fewer than twelve would be guessed, or met by another plan. */
  plan: string;
  /** As the system calls them. */
  by: string;
  reason?: string | undefined;
}

export const LEAST_DIGITS = 12;

export const answerSchema: z.ZodType<TicketAnswer> = z.strictObject({
  answer: z.enum(['agree', 'refuse']),
  network: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  plan: z.string().regex(/^[0-9a-f]{12,64}$/),
  by: z.string().min(1).max(100),
  reason: z.string().max(1_000).optional(),
});

/** By its registration; empty where the system may say so. */
export function mayNotAnswer({ name, approvers }: Pick<TicketSystem, 'name' | 'approvers'>, by: string): Problem[] {
  if (approvers === '*' || approvers?.includes(by)) return [];
  return [
    problemOf(
      approvers === null
        ? {
            code: 'answer-not-taken',
            message: `the system ${name} is not registered to agree to plans`,
            remedy: 'Agree with `trunkline approve`, or register approvers for it.',
          }
        : {
            code: 'approver-unknown',
            message: `${by.slice(0, 100)} is none of those whose word the system ${name} may hand on`,
            remedy: 'Ask one of them, or register this one as an approver, too.',
          },
    ),
  ];
}
