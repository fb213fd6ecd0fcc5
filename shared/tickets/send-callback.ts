/**
 * Tells a ticketing system how its submission ended: the address registered for that system, signed with its key,
 * under a delivery id that stays the same over all tries, so that the other side can tell a repeat.
 */
import { after, type Clock, type DurationMs, durationMs, minutes, seconds } from '../clock';
import type { Crash } from '../engine/crash-points';
import { reportObject } from '../engine/publish-report';
import type { Queue } from '../engine/queue';
import type { RunStore } from '../engine/store';
import { sha256Hex } from '../json';
import type { Secret } from '../secret';
import { sign } from './signature';
import type { Submission, TicketStore } from './submission';
import type { TicketSystems } from './ticket-system';

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
  post(url: string, headers: Record<string, string>, body: string): Promise<number | null>;
}

/** Over about three hours. */
const MAXIMUM_ATTEMPTS = 16;

export type CallbackReply = 'nothing-to-send' | 'delivered' | 'again' | 'abandoned';

export async function sendCallback(deps: CallbackDeps, id: string): Promise<CallbackReply> {
  const submission = await deps.tickets.readSubmission(id);
  if (submission?.callback !== 'pending') return 'nothing-to-send';
  // A reminder of the sweep's: the message for the next try is on its way, and this one must not use up that try.
  if (deps.clock.now() < submission.nextAttemptAt) return 'nothing-to-send';
  const system = await deps.systems(submission.system);
  if (!system?.callback) return close(deps, submission, 'none');
  const { url, key } = system.callback;
  const status = await deps.post(url, headersOf(deps.wall, submission, key), bodyOf(submission));
  deps.crash('outbox/sent');
  if (status !== null && status >= 200 && status < 300) return close(deps, submission, 'delivered');
  const attempts = submission.attempts + 1;
  if (attempts >= MAXIMUM_ATTEMPTS) return close(deps, { ...submission, attempts }, 'abandoned');
  const delay = backoff(attempts);
  const nextAttemptAt = after(deps.clock.now(), delay);
  await deps.queue.send('callback', { format: 1, submission: id }, delay);
  await deps.tickets.writeSubmission({ ...submission, attempts, nextAttemptAt });
  return 'again';
}

async function close(
  deps: CallbackDeps,
  submission: Submission,
  callback: Submission['callback'],
): Promise<CallbackReply> {
  await deps.tickets.writeSubmission({ ...submission, callback });
  await deps.runs.forgetOpen({ kind: 'submission', id: submission.id });
  return callback === 'none' || callback === 'pending' ? 'nothing-to-send' : callback;
}

const bodyOf = ({ id, ticket, network, state, revision, run, problems }: Submission): string =>
  JSON.stringify({
    submission: id,
    ticket,
    network,
    outcome: state,
    revision,
    run,
    problems,
    report: run === null || network === null ? null : reportObject(network, run),
  });

function headersOf(wall: Clock, submission: Submission, key: Secret): Record<string, string> {
  const body = new TextEncoder().encode(bodyOf(submission));
  const timestamp = String(Math.floor(wall.now() / 1_000));
  const delivery = sha256Hex(`callback.${submission.id}.${submission.state}`).slice(0, 32);
  return {
    'content-type': 'application/json',
    'x-trunkline-delivery': delivery,
    'x-trunkline-timestamp': timestamp,
    'x-trunkline-signature': sign(key, { timestamp, delivery, body }),
  };
}

const backoff = (attempts: number): DurationMs => durationMs(Math.min(seconds(10) * 2 ** (attempts - 1), minutes(15)));
