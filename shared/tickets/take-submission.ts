/** Intake's other door: a topology that a ticket handed in. Also re-drives what was cut off after it. */
import { durationMs } from '../clock';
import type { Run } from '../engine/run';
import { type SubmitDeps, type SubmitReply, submitTopology } from '../engine/submit-topology';
import { isFinal, type Submission, type SubmissionState, type TicketStore } from './submission';
import { originOf, refusedBy, submitChange } from './submit-change';

export interface TakeDeps extends SubmitDeps {
  tickets: TicketStore;
}

export async function takeSubmission(deps: TakeDeps, id: string): Promise<SubmissionState | 'unknown'> {
  const submission = await deps.tickets.readSubmission(id);
  if (!submission) {
    await deps.runs.forgetOpen({ kind: 'submission', id });
    return 'unknown';
  }
  if (submission.state === 'received') {
    await take(deps, submission);
    return (await deps.tickets.readSubmission(id))?.state ?? 'unknown';
  }
  if (submission.state === 'held') return forgetHeld(deps, submission);
  if (submission.state === 'waiting') return settleIfEnded(deps, submission);
  await remindCallback(deps, submission);
  return submission.state;
}

async function take(deps: TakeDeps, submission: Submission): Promise<SubmitReply> {
  // Before the run can end: its end looks for those who wait.
  if (submission.network !== null) await deps.tickets.noteWaiting(submission.network, submission.id);
  const { change, network } = submission;
  if (change === null || network === null) return noted(deps, submission, await submitWhole(deps, submission));
  // Noted first: cut off behind its revision, it would find the change made, and not know by whom.
  const begun = submission.begun ? submission : await deps.tickets.writeSubmission({ ...submission, begun: true });
  if (!begun) return refusedBy(network, 'network-contended', 'two took this submission at once', 'Nothing to do.');
  return noted(deps, begun, await submitChange(deps, { submission: begun, change, isAgain: submission.begun }));
}

async function submitWhole(deps: TakeDeps, submission: Submission): Promise<SubmitReply> {
  const bytes = (await deps.objects.get(submission.object)) ?? new Uint8Array();
  return submitTopology(deps, { bytes, file: 'topology', ...originOf(submission) });
}

async function noted(deps: TakeDeps, submission: Submission, reply: SubmitReply): Promise<SubmitReply> {
  const next = await deps.tickets.writeSubmission(afterReply(submission, reply));
  if (next) await goOn(deps, next);
  return reply;
}

function goOn(deps: TakeDeps, submission: Submission): Promise<SubmissionState> {
  switch (submission.state) {
    case 'held':
      return forgetHeld(deps, submission);
    case 'waiting':
      return settleIfEnded(deps, submission);
    default:
      return finish(deps, submission);
  }
}

/** Only an answer goes on with it, however long that takes: nothing for the sweep to remind of. */
async function forgetHeld({ runs }: TakeDeps, { id, state }: Submission): Promise<SubmissionState> {
  await runs.forgetOpen({ kind: 'submission', id });
  return state;
}

/** Somebody has answered what it was held for. */
export async function takeHeld(deps: TakeDeps, id: string): Promise<SubmitReply | 'gone'> {
  const submission = await deps.tickets.readSubmission(id);
  if (submission?.state !== 'held') return 'gone';
  await deps.runs.noteOpen({ kind: 'submission', id, network: submission.network ?? '', at: deps.clock.now() });
  return take(deps, submission);
}

function afterReply(submission: Submission, reply: SubmitReply): Submission {
  const { problems } = reply;
  if (reply.kind === 'refused') return { ...submission, state: 'refused', problems, callback: 'pending' };
  if (reply.kind === 'held') return { ...submission, state: 'held', problems };
  const { revision, run } = reply;
  // What is not live yet is for the run under way to decide, for this ticket as for the one that began it.
  if (reply.kind === 'unchanged' && reply.live)
    return { ...submission, state: 'unchanged', problems, revision, run, callback: 'pending' };
  return { ...submission, state: 'waiting', problems, revision, run };
}

/** The run may have ended before the submission said that it waits for it. */
async function settleIfEnded(deps: TakeDeps, submission: Submission): Promise<SubmissionState> {
  const network = submission.network === null ? null : await deps.runs.readNetwork(submission.network);
  const run = network?.lastRun ? await deps.runs.readRun(network.lastRun) : null;
  if (run?.state !== 'ended') return submission.state;
  await settle(deps, submission, run);
  return submission.state;
}

/** Leaves word for every submission that the run decides; called by its end and by whoever comes late. */
export async function settleWaiting(
  deps: Pick<TakeDeps, 'tickets' | 'runs' | 'queue'>,
  run: Run,
  outcome: NonNullable<Run['outcome']>,
): Promise<void> {
  for (const id of await deps.tickets.listWaiting(run.network)) {
    const submission = await deps.tickets.readSubmission(id);
    if (!submission) await deps.tickets.forgetWaiting(run.network, id);
    else await settle(deps, submission, { ...run, outcome });
  }
}

async function settle(
  deps: Pick<TakeDeps, 'tickets' | 'runs' | 'queue'>,
  submission: Submission,
  run: Run,
): Promise<void> {
  if (submission.state === 'received' || submission.revision === null || submission.revision > run.revision) return;
  if (submission.state !== 'waiting') return finish(deps, submission).then(() => undefined);
  const own = submission.revision === run.revision;
  // A superseded run of its own revision decides nothing where the same revision is planned again.
  const state = own ? (run.outcome ?? 'failed') : 'superseded';
  const next = await deps.tickets.writeSubmission({ ...submission, state, run: run.id, callback: 'pending' });
  if (next) await finish(deps, next);
}

async function finish(
  deps: Pick<TakeDeps, 'tickets' | 'runs' | 'queue'>,
  submission: Submission,
): Promise<SubmissionState> {
  await remindCallback(deps, submission);
  if (submission.network !== null) await deps.tickets.forgetWaiting(submission.network, submission.id);
  return submission.state;
}

/** The open note stays until the callback is through, so that the sweep reminds of one whose message was lost. */
async function remindCallback(deps: Pick<TakeDeps, 'runs' | 'queue'>, submission: Submission): Promise<void> {
  if (!isFinal(submission.state)) return;
  if (submission.callback === 'pending') {
    await deps.queue.send('callback', { format: 1, submission: submission.id }, durationMs(0));
    return;
  }
  await deps.runs.forgetOpen({ kind: 'submission', id: submission.id });
}
