/**
 * Tells a ticketing system what there is to tell, one event after another: at the address registered for that system, in
 * its own form, under a delivery id that stays the same over all tries, so that the other side can tell a repeat.
 *
 * A receiver may be dead for a day: an event is tried until a day after it happened, and then goes to the dead letters;
 * so the last of them is through a day after its own time, however many went before it.
 */
import { after, type Clock, type DurationMs, durationMs, type EpochMs, minutes, seconds } from '../clock';
import type { Crash } from '../engine/crash-points';
import type { Queue } from '../engine/queue';
import type { RunStore } from '../engine/store';
import { sha256Hex } from '../json';
import { approvalToken } from './approval-link';
import { changeSubmission, hasNews, type Submission, type TicketStore } from './submission';
import { adapterOf } from './systems/adapter-of';
import type { CallbackRequest, Telling } from './systems/system-adapter';
import type { TicketEvent } from './ticket-event';
import type { TicketSystem, TicketSystems } from './ticket-system';

export interface CallbackDeps {
  systems: TicketSystems;
  tickets: TicketStore;
  runs: Pick<RunStore, 'forgetOpen'>;
  queue: Queue;
  /** The cloud's time, in which delays are counted. */
  clock: Clock;
  /** The receiver's time, not the cloud's: see ClockRate. */
  wall: Clock;
  crash: Crash;
  /** The status of the answer; null where none came. Follows no redirect: only registered addresses are called. */
  post(request: CallbackRequest): Promise<number | null>;
}

/** Behind the event: a receiver that was dead all day has been asked for the last time then. */
const A_DAY = minutes(24 * 60);

export type CallbackReply = 'nothing-to-send' | 'system-unknown' | 'delivered' | 'again' | 'abandoned';

export async function sendCallback(deps: CallbackDeps, id: string): Promise<CallbackReply> {
  const submission = await deps.tickets.readSubmission(id);
  const event = submission?.events[submission.told];
  if (!submission || !event) return 'nothing-to-send';
  const now = deps.clock.now();
  // A reminder of the sweep's: the message for the next try is on its way, and this one must not use up that try.
  if (now < submission.nextAttemptAt) return 'nothing-to-send';
  const system = await deps.systems(submission.system);
  const request = system && requestFor(deps, system, submission, event);
  if (!request) {
    await goOn(deps, submission, { told: submission.events.length, lost: 0 });
    return system ? 'nothing-to-send' : 'system-unknown';
  }
  if (!(await claim(deps, submission))) return 'nothing-to-send';
  const status = await deps.post(request);
  deps.crash('outbox/sent');
  const told = submission.told + 1;
  if (status !== null && status >= 200 && status < 300) {
    await goOn(deps, submission, { told, lost: 0 });
    return 'delivered';
  }
  if (now < after(event.at, A_DAY)) return tryAgain(deps, submission);
  await deps.queue.send('dead-letters', { format: 1, submission: id, event: submission.told, status }, durationMs(0));
  await goOn(deps, submission, { told, lost: 1 });
  return 'abandoned';
}

function requestFor(
  { wall }: CallbackDeps,
  system: TicketSystem,
  submission: Submission,
  event: TicketEvent,
): CallbackRequest | null {
  const { kind, takes, callback } = system;
  if (!callback) return null;
  const timestamp = String(Math.floor(wall.now() / 1_000));
  const delivery = sha256Hex(`callback.${submission.id}.${submission.told}`).slice(0, 32);
  return adapterOf(kind).tell({
    submission,
    event,
    target: callback,
    delivery,
    timestamp,
    takes,
    links: linksOf(system, submission, event, wall.now()),
    takesWords: system.approvers !== null,
    opens: system.opens,
  });
}

/** A plan that nobody looked at for three days is asked about again. */
const LINK_LASTS = minutes(72 * 60);

/** One for each who is named: whoever has it speaks for them, so a comment that many read holds none. */
function linksOf(
  { name, keys, approvers }: TicketSystem,
  submission: Submission,
  event: TicketEvent,
  now: EpochMs,
): Telling['links'] {
  const { network, statusUrl } = submission;
  const plan = event.kind === 'approval-asked' ? (event.foreseen?.plan ?? null) : null;
  const [key] = keys;
  if (plan === null || network === null || !key || !Array.isArray(approvers)) return [];
  const base = statusUrl.slice(0, statusUrl.lastIndexOf('/v1/submissions/'));
  const until = after(now, LINK_LASTS);
  return approvers.map((by) => {
    const token = approvalToken(key, { system: name, network, plan, by, until });
    return { by, url: `${base}/v1/approvals/${token}` };
  });
}

/** Longer than a call takes. */
const CLAIM = minutes(1);

/**
 * Two messages for one event (a run's end, and the event before it) come at once: a comment in a ticket has no delivery id
 * that would tell the second from the first. Whoever dies holding it leaves it to the sweep's reminder.
 */
async function claim({ tickets, clock }: CallbackDeps, { id, told }: Submission): Promise<boolean> {
  const now = clock.now();
  const claimed = await changeSubmission(tickets, id, (standing) =>
    standing.told === told && now >= standing.nextAttemptAt ? { ...standing, nextAttemptAt: after(now, CLAIM) } : null,
  );
  return claimed !== null;
}

async function tryAgain(deps: CallbackDeps, { id, told }: Submission): Promise<CallbackReply> {
  const now = deps.clock.now();
  const isOurs = (standing: Submission): boolean => standing.told === told;
  const waits = await changeSubmission(deps.tickets, id, (standing) => {
    if (!isOurs(standing)) return null;
    const attempts = standing.attempts + 1;
    return { ...standing, attempts, nextAttemptAt: after(now, backoff(attempts)) };
  });
  // Behind the row: lost in between, the sweep's reminder comes instead.
  if (waits) await deps.queue.send('callback', { format: 1, submission: id }, backoff(waits.attempts));
  return 'again';
}

/** To the next event; whoever moved the submission meanwhile may have added one. */
async function goOn(deps: CallbackDeps, { id }: Submission, through: { told: number; lost: number }): Promise<void> {
  const next = await changeSubmission(deps.tickets, id, (standing) => {
    if (standing.told >= through.told) return null;
    const lost = standing.lost + through.lost;
    return { ...standing, told: through.told, lost, attempts: 0, nextAttemptAt: deps.clock.now() };
  });
  if (!next) return;
  if (hasNews(next)) await deps.queue.send('callback', { format: 1, submission: id }, durationMs(0));
  // One that waits for its run stays open: the sweep looks whether that has ended.
  else if (next.state !== 'received' && next.state !== 'waiting')
    await deps.runs.forgetOpen({ kind: 'submission', id });
}

/** 10 s, 20 s, … and every half hour from then on: some 55 tries in a day. */
const backoff = (attempts: number): DurationMs =>
  durationMs(Math.min(seconds(10) * 2 ** Math.min(attempts - 1, 10), minutes(30)));
