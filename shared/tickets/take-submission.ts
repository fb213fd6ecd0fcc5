/**
 * Intake's other door: a topology, or a change to one, that a ticket handed in. Also re-drives what was cut off after it,
 * and notes what the ticket is to be told of it.
 */
import { type Clock, durationMs } from '../clock';
import type { Run } from '../engine/run';
import type { SubmitDeps, SubmitReply } from '../engine/submit-topology';
import type { TopologyChange } from './changes/topology-change';
import { noteProgress } from './note-progress';
import {
  changeSubmission,
  hasNews,
  isFinal,
  type Submission,
  type SubmissionState,
  type TicketStore,
} from './submission';
import { submitAnswer, wasTaken } from './submit-answer';
import { originOf, refusedBy, settledChange, submitChange } from './submit-change';
import { type Submitted, submitForeseen } from './submit-foreseen';
import { type TicketEvent, withEvent } from './ticket-event';

export interface TakeDeps extends SubmitDeps {
  tickets: TicketStore;
}

/** A run's end, and whoever comes late to it. */
export interface SettleDeps extends Pick<TakeDeps, 'tickets' | 'runs' | 'queue'> {
  clock: Pick<Clock, 'now'>;
}

export async function takeSubmission(deps: TakeDeps, id: string): Promise<SubmissionState | 'unknown'> {
  const submission = await deps.tickets.readSubmission(id);
  if (!submission) {
    await deps.runs.forgetOpen({ kind: 'submission', id });
    return 'unknown';
  }
  switch (submission.state) {
    case 'received':
      await take(deps, submission);
      return (await deps.tickets.readSubmission(id))?.state ?? 'unknown';
    case 'waiting':
      return settleIfEnded(deps, submission);
    default:
      await remind(deps, submission);
      return submission.state;
  }
}

async function take(deps: TakeDeps, submission: Submission): Promise<SubmitReply> {
  if (submission.answer) {
    const answering = { ...deps, takeHeld: (id: string) => takeHeld(deps, id) };
    return noted(deps, submission, await submitAnswer(answering, submission, submission.answer));
  }
  // Before the run can end: its end looks for those who wait.
  if (submission.network !== null) await deps.tickets.noteWaiting(submission.network, submission.id);
  const { change, network } = submission;
  if (change === null || network === null) return noted(deps, submission, await submitWhole(deps, submission));
  // Noted first: cut off behind its revision, it would find the change made, and not know by whom.
  const begun = submission.begun ? submission : await begin(deps, submission, change);
  if (!begun)
    return refusedBy(network, 'network-contended', 'two took this submission at once', 'Nothing to do.').reply;
  const changing = { submission: begun, change: begun.change ?? change, isAgain: submission.begun };
  return noted(deps, begun, await submitChange(deps, changing));
}

const begin = async (deps: TakeDeps, submission: Submission, change: TopologyChange): Promise<Submission | null> =>
  deps.tickets.writeSubmission({ ...submission, change: await settledChange(deps, change), begun: true });

async function submitWhole(deps: TakeDeps, submission: Submission): Promise<Submitted> {
  const bytes = (await deps.objects.get(submission.object)) ?? new Uint8Array();
  return submitForeseen(deps, { bytes, file: 'topology', ...originOf(submission) });
}

async function noted(deps: TakeDeps, taken: Submission, submitted: Submitted): Promise<SubmitReply> {
  // A callback may have moved it meanwhile; another intake that took it has said the same.
  const next = await changeSubmission(deps.tickets, taken.id, (standing) =>
    standing.state === taken.state ? afterReply(deps, standing, submitted) : null,
  );
  if (next?.state === 'waiting') {
    // Again: a callback that had found it held may have forgotten it since.
    await deps.runs.noteOpen({ kind: 'submission', id: next.id, network: next.network ?? '', at: next.receivedAt });
    await settleIfEnded(deps, next);
  }
  if (next?.state === 'held') await remind(deps, next);
  else if (next && isFinal(next.state)) await finish(deps, next);
  return submitted.reply;
}

/** Somebody has answered what it was held for. */
export async function takeHeld(deps: TakeDeps, id: string): Promise<SubmitReply | 'gone'> {
  const submission = await deps.tickets.readSubmission(id);
  if (submission?.state !== 'held') return 'gone';
  await deps.runs.noteOpen({ kind: 'submission', id, network: submission.network ?? '', at: deps.clock.now() });
  return take(deps, submission);
}

function afterReply({ clock }: TakeDeps, submission: Submission, { reply, foreseen }: Submitted): Submission {
  const at = clock.now();
  const { problems } = reply;
  const { answer } = submission;
  const as = (state: SubmissionState, event: TicketEvent, more: Partial<Submission> = {}): Submission => ({
    ...submission,
    problems,
    ...more,
    state,
    events: withEvent(submission.events, event),
  });
  if (answer && wasTaken(answer, { reply, foreseen })) return as('answered', { kind: 'outcome', at }, { problems: [] });
  switch (reply.kind) {
    case 'refused':
      return as('refused', { kind: 'outcome', at });
    case 'held': {
      const { reasons, missing } = reply.held;
      return as('held', { kind: 'approval-asked', at, revision: reply.revision, reasons, missing, foreseen });
    }
    default: {
      const { revision, run } = reply;
      // What is not live yet is for the run under way to decide, for this ticket as for the one that began it.
      if (reply.kind === 'unchanged' && reply.live) return as('unchanged', { kind: 'outcome', at }, { revision, run });
      return as('waiting', { kind: 'accepted', at, revision, run, foreseen }, { revision, run });
    }
  }
}

/** The run may have ended before the submission said that it waits for it. */
async function settleIfEnded(deps: TakeDeps, submission: Submission): Promise<SubmissionState> {
  const network = submission.network === null ? null : await deps.runs.readNetwork(submission.network);
  const run = network?.lastRun ? await deps.runs.readRun(network.lastRun) : null;
  if (run?.state === 'ended') await settle(deps, submission, run);
  else await remind(deps, (run && (await noteProgress(deps, submission, run))) ?? submission);
  return submission.state;
}

/** Leaves word for every submission that the run decides; called by its end and by whoever comes late. */
export async function settleWaiting(deps: SettleDeps, run: Run, outcome: NonNullable<Run['outcome']>): Promise<void> {
  for (const id of await deps.tickets.listWaiting(run.network)) {
    const submission = await deps.tickets.readSubmission(id);
    if (!submission) await deps.tickets.forgetWaiting(run.network, id);
    else await settle(deps, submission, { ...run, outcome });
  }
}

async function settle(deps: SettleDeps, { id, state }: Submission, run: Run): Promise<void> {
  if (state !== 'waiting') {
    const standing = await deps.tickets.readSubmission(id);
    if (standing && isDecidedBy(standing, run)) await finish(deps, standing);
    return;
  }
  const at = deps.clock.now();
  const next = await changeSubmission(deps.tickets, id, (standing) => {
    if (standing.state !== 'waiting' || !isDecidedBy(standing, run)) return null;
    // A superseded run of its own revision decides nothing where the same revision is planned again.
    const own = standing.revision === run.revision ? (run.outcome ?? 'failed') : 'superseded';
    return { ...standing, state: own, run: run.id, events: withEvent(standing.events, { kind: 'outcome', at }) };
  });
  if (next) await finish(deps, next);
}

const isDecidedBy = ({ state, revision }: Submission, run: Run): boolean =>
  state !== 'received' && revision !== null && revision <= run.revision;

async function finish(deps: SettleDeps, submission: Submission): Promise<void> {
  await remind(deps, submission);
  if (submission.network !== null) await deps.tickets.forgetWaiting(submission.network, submission.id);
}

/**
 * The open note stays while there is something to tell, so that the sweep reminds of what was lost on the way. What is held
 * goes on with an answer only, however long that takes: told, it is nothing to be reminded of.
 */
async function remind({ runs, queue, clock }: SettleDeps, submission: Submission): Promise<void> {
  const { id, state } = submission;
  if (!hasNews(submission)) {
    if (isFinal(state) || state === 'held') await runs.forgetOpen({ kind: 'submission', id });
    return;
  }
  // Before that, the message for the next try is on its way.
  if (clock.now() >= submission.nextAttemptAt)
    await queue.send('callback', { format: 1, submission: id }, durationMs(0));
}
