import type { WebhookAnswer } from './receive-delivery';
import { refusal } from './receive-delivery';
import { isFinal, type TicketStore } from './submission';

/** What the status URL shows: where a submission has led. Its id is the only key to it, and it holds no secret. */
export async function submissionStatus(tickets: TicketStore, id: string): Promise<WebhookAnswer> {
  const submission = /^[0-9a-f]{32}$/.test(id) ? await tickets.readSubmission(id) : null;
  // A notice is nobody's: its id is no secret.
  if (!submission || submission.state === 'noticed')
    return refusal(404, 'submission-unknown', 'There is no such submission.');
  const { ticket, network, state, revision, run, problems } = submission;
  return {
    status: 200,
    body: { submission: id, ticket, network, state, final: isFinal(state), revision, run, problems },
  };
}
