/**
 * The loop, one turn of it: a message in; claim, one move, outcome, propagation. What the move is, its caller says:
 * a resource's (step functions) or the report's.
 *
 * W2. Only the claim's holder writes; a refused write means that somebody else holds it, a normal end.
 * W4. A message below the row's wake is dropped. A wait sends wake+1 and then moves the row, so that of a forked
 *     chain one branch dies at the row.
 * W5. Claim first, then read the run: whoever stops a run waits for claims.
 */
import { after, type Clock, type DurationMs, durationMs, type EpochMs, epochMs, seconds } from '../clock';
import { hasCode } from '../errors';
import type { JsonObject } from '../json';
import type { Crash } from './crash-points';
import { type CallRecord, chained } from './event';
import { propagate } from './propagate';
import type { Queue } from './queue';
import { RecordContended } from './record';
import type { Run } from './run';
import type { EngineSettings } from './settings';
import type { TaskStore } from './store';
import { type Claim, type Failure, isFreed, type Task, type TaskMessage, taskMessage } from './task';

export interface HoldDeps {
  store: TaskStore;
  queue: Queue;
  clock: Clock;
  settings: EngineSettings;
  /** Unique per invocation. */
  owner: string;
  /** From 0 to 1; spreads retries. */
  jitter(): number;
  /** The calls of this invocation so far, for its event. */
  calls(): CallRecord[];
  crash: Crash;
}

export type StepResult =
  | { kind: 'again'; delay: DurationMs; what: string; progress?: JsonObject }
  | { kind: 'attempt-failed'; failure: Failure; what: string }
  | { kind: 'done'; what: string }
  | { kind: 'failed'; failure: Failure; what: string }
  | { kind: 'undone'; what: string };

export interface Work {
  deadline(task: Task): DurationMs;
  /**
   * What is left to do once the outcome is written, until it is propagated. Repeated by whoever finds it not propagated,
   * maybe by two at once: it follows from the row alone, so that a holder frozen past its claim can do no other (W2).
   */
  settle?(run: Run, task: Task): Promise<void>;
  /** One move; `budgetEnds` by the monotonic clock: nothing is begun after it. */
  step(run: Run, task: Task, budgetEnds: DurationMs): Promise<StepResult>;
}

/** What became of a message; for logs and tests. */
export type HoldReply =
  | 'unknown-task'
  | 'run-not-ready'
  | 'late-message'
  | 'not-freed'
  | 'already-propagated'
  | 'propagated'
  | 'claimed-by-another'
  | 'claim-lost'
  | 'parked'
  | 'ended';

export async function holdTask(deps: HoldDeps, work: Work, message: TaskMessage): Promise<HoldReply> {
  const { store } = deps;
  const [run, task] = await Promise.all([store.readRun(message.run), store.readTask(message.run, message.task)]);
  if (!run || !task) return 'unknown-task';
  if (run.state === 'starting') return 'run-not-ready';
  if (task.state !== 'open') {
    if (task.propagated) return 'already-propagated';
    await work.settle?.(run, task);
    await propagate(deps, task);
    return 'propagated';
  }
  if (message.wake < task.wake) return 'late-message';
  if (task.wake === 0 && !isFreed(task) && !(await edgesEnded(deps, task))) return 'not-freed';
  // Before the claim is sent: a holder that is frozen in between must not find itself with time (W2).
  const budgetEnds = durationMs(deps.clock.monotonic() + deps.settings.budget);
  const taken = await take(deps, work, task, message);
  if (!taken) return 'claimed-by-another';
  deps.crash('task/claimed');
  return hold(deps, work, taken, budgetEnds);
}

/** From the states of what it waits for, not from the traces that they left: an edge may have been lost (W4). */
async function edgesEnded({ store }: HoldDeps, task: Task): Promise<boolean> {
  const states = await store.readTaskStates(task.run, task.edges);
  return task.edges.every((edge) => (states.get(edge) ?? 'open') !== 'open');
}

interface Taken {
  /** As it was before, but for its deadline. */
  task: Task & { deadlineAt: EpochMs };
  claim: Claim;
  /** Whoever held it before did not live to give it back. */
  afterDeath: boolean;
}

/** Rows move under those who look; three looks outlast any two others. */
const LOOKS = 3;
/** A holder that has sent the next wake has only to move the row to it. */
const SOON = seconds(5);

async function take(deps: HoldDeps, work: Work, seen: Task, message: TaskMessage): Promise<Taken | null> {
  const { store, clock, settings, owner } = deps;
  let row: Task | null = seen;
  for (let look = 0; look < LOOKS; look += 1) {
    const now = clock.now();
    if (row.owner === '' || row.leaseUntil <= now) {
      const task = { ...row, deadlineAt: row.deadlineAt ?? after(now, patience(work.deadline(row), settings)) };
      const leaseUntil = after(now, settings.lease);
      const claim = await store.claimTask(row, { owner, leaseUntil, wake: message.wake, deadlineAt: task.deadlineAt });
      if (claim) return { task, claim, afterDeath: row.owner !== '' };
    }
    row = await store.readTask(message.run, message.task);
    if (row?.state !== 'open' || message.wake < row.wake) return null;
    // Somebody is at it. Should that one die, this message is the one that comes back.
    if (row.owner !== '' && row.leaseUntil > now) {
      const remaining = durationMs(row.leaseUntil - now + seconds(1));
      await comeBack(deps, row, message, message.wake > row.wake && remaining > SOON ? SOON : remaining);
      return null;
    }
  }
  await comeBack(deps, seen, message, SOON);
  return null;
}

/** So many holders may die one after the other, each keeping the task for its lease. */
const DEATHS = 3;

/**
 * From the first claim to the deadline. A lease is real seconds, whatever the cloud's time does: on a local cloud that
 * runs 60 times as fast, one of a minute outlasts every kind's deadline, and one death would fail the task.
 */
const patience = (deadline: DurationMs, { lease }: EngineSettings): DurationMs =>
  durationMs(Math.max(deadline, DEATHS * lease));

const comeBack = ({ queue }: HoldDeps, task: Task, { wake }: TaskMessage, delay: DurationMs): Promise<void> =>
  queue.send(task.step, { ...taskMessage(task.run, task.id, wake) }, delay);

async function hold(deps: HoldDeps, work: Work, taken: Taken, budgetEnds: DurationMs): Promise<HoldReply> {
  const { store, clock } = deps;
  const { task, claim } = taken;
  const run = await store.readRun(task.run);
  if (!run) return 'unknown-task';
  const result = diedOut(deps, taken) ?? (await move(deps, work, { run, task, budgetEnds }));
  if (result === null) return 'claim-lost';
  const { wake, epoch, owner } = claim;
  const { event, head } = chained(task.chain, {
    at: clock.now(),
    task: task.id,
    wake,
    epoch,
    owner,
    what: result.what,
    calls: deps.calls(),
  });
  await store.appendEvent(run.id, event);
  deps.crash('task/event-appended');
  return finish(deps, work, { run, task: { ...task, chain: head }, claim, result });
}

/** W8: a move that kills whoever makes it leaves no outcome and counts no attempt; past the deadline it is not made again. */
function diedOut({ clock }: HoldDeps, { task, afterDeath }: Taken): StepResult | null {
  if (!afterDeath || clock.now() < task.deadlineAt) return null;
  const message = 'not done by its deadline; the last invocation that tried was cut off';
  return { kind: 'failed', failure: { code: 'DeadlinePassed', message, requestId: null }, what: message };
}

async function move(
  deps: HoldDeps,
  work: Work,
  { run, task, budgetEnds }: { run: Run; task: Task; budgetEnds: DurationMs },
): Promise<StepResult | null> {
  const blocked = await blockingNeed(deps, task);
  if (blocked) return { kind: 'undone', what: `undone: ${blocked}` };
  try {
    return bounded(deps, task, await work.step(run, task, budgetEnds));
  } catch (error) {
    if (error instanceof RecordContended) return null;
    if (hasCode(error, 'BudgetSpent')) return { kind: 'again', delay: seconds(1), what: 'out of time; goes on' };
    if (hasCode(error, 'StoreUnavailable') || hasCode(error, 'QueueUnavailable')) throw error;
    // No attempt of the task's: whoever reads that format makes it.
    if (hasCode(error, 'FormatUnknown')) throw error;
    const failure = {
      code: 'Defect',
      message: error instanceof Error ? error.message : String(error),
      requestId: null,
    };
    return bounded(deps, task, { kind: 'attempt-failed', failure, what: `failed: ${failure.message}` });
  }
}

/** Of what it needs, one that was not done; null where all were. Checked once: it was freed by their ends. */
async function blockingNeed({ store }: HoldDeps, task: Task): Promise<string | null> {
  if (task.wake > 0 || task.needs.length === 0) return null;
  const states = await store.readTaskStates(task.run, task.needs);
  const missing = task.needs.find((need) => states.get(need) !== 'done');
  return missing === undefined ? null : `${missing} is ${states.get(missing) ?? 'unknown'}`;
}

/** W8: deadlines and attempts turn an endless wait into a failure. */
function bounded({ clock, settings }: HoldDeps, task: Task, result: StepResult): StepResult {
  if (result.kind === 'attempt-failed' && task.attempts + 1 >= settings.maximumAttempts)
    return {
      kind: 'failed',
      failure: result.failure,
      what: `gave up after ${task.attempts + 1} attempts: ${result.what}`,
    };
  const waits = result.kind === 'again' || result.kind === 'attempt-failed';
  if (!waits || task.deadlineAt === null || clock.now() < task.deadlineAt) return result;
  const message = `not done by its deadline; last: ${result.what}`;
  return { kind: 'failed', failure: { code: 'DeadlinePassed', message, requestId: null }, what: message };
}

interface Held {
  run: Run;
  task: Task;
  claim: Claim;
}

async function finish(
  deps: HoldDeps,
  work: Work,
  { run, task, claim, result }: Held & { result: StepResult },
): Promise<HoldReply> {
  switch (result.kind) {
    case 'again':
      return park(deps, task, claim, { delay: result.delay, attempts: 0, progress: result.progress ?? task.progress });
    case 'attempt-failed': {
      const attempts = task.attempts + 1;
      return park(deps, task, claim, { delay: backoff(deps, attempts), attempts, progress: task.progress });
    }
    case 'done':
    case 'undone':
      return end(deps, work, { run, task, claim }, { outcome: result.kind, failure: null });
    case 'failed':
      return end(deps, work, { run, task, claim }, { outcome: 'failed', failure: result.failure });
  }
}

interface Park {
  delay: DurationMs;
  attempts: number;
  progress: JsonObject;
}

async function park(deps: HoldDeps, task: Task, claim: Claim, { delay, attempts, progress }: Park): Promise<HoldReply> {
  const wake = claim.wake + 1;
  await deps.queue.send(task.step, { ...taskMessage(task.run, task.id, wake) }, delay);
  deps.crash('task/wake-sent');
  const dueAt: EpochMs = epochMs(deps.clock.now() + delay);
  const kept = await deps.store.parkTask(claim, {
    wake,
    dueAt,
    attempts,
    deadlineAt: task.deadlineAt,
    progress,
    chain: task.chain,
  });
  return kept ? 'parked' : 'claim-lost';
}

async function end(
  deps: HoldDeps,
  work: Work,
  { run, task, claim }: Held,
  { outcome, failure }: { outcome: 'done' | 'failed' | 'undone'; failure: Failure | null },
): Promise<HoldReply> {
  if (!(await deps.store.endTask(claim, { outcome, failure, chain: task.chain }))) return 'claim-lost';
  deps.crash('task/outcome-written');
  const ended = { ...task, state: outcome, failure };
  await work.settle?.(run, ended);
  await propagate(deps, ended);
  return 'ended';
}

function backoff({ settings, jitter }: HoldDeps, attempts: number): DurationMs {
  const full = Math.min(settings.backoff * 2 ** (attempts - 1), settings.maximumBackoff);
  return durationMs(Math.round(full * (0.5 + jitter() / 2)));
}
