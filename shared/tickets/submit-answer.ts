/** What a ticket says of a plan, taken as the command line's word is: noted, and whoever wanted the plan gone back to. */
import { type AnswerDeps, takeAnswer } from '../engine/take-answer';
import type { Submission } from './submission';
import type { Submitted } from './submit-foreseen';
import type { TicketAnswer } from './ticket-answer';

export async function submitAnswer(
  deps: AnswerDeps,
  { system }: Pick<Submission, 'system'>,
  { answer, network, plan, by, reason }: TicketAnswer,
): Promise<Submitted> {
  const waiting = (await deps.runs.readNetwork(network))?.question?.plan ?? '';
  const reply = await takeAnswer(deps, network, {
    plan: waiting.startsWith(plan) ? waiting : plan,
    // Two systems may call two people alike.
    by: `${system}/${by}`,
    agrees: answer === 'agree',
    reason: reason ?? null,
  });
  return { reply, foreseen: null };
}

/** Whether the word was taken, whatever it led to: a refusal is answered as one. */
export const wasTaken = ({ answer }: TicketAnswer, { reply }: Submitted): boolean =>
  reply.kind !== 'refused' || (answer === 'refuse' && reply.problems.some(({ code }) => code === 'approval-refused'));
