/** Follows a run to its end: reads its rows, shows what changed, returns its report. */
import * as z from 'zod';
import type { RunEvent } from '../shared/engine/event';
import { type RunReport, reportObject } from '../shared/engine/publish-report';
import { OUTCOMES, type Outcome, type Run, type RunId } from '../shared/engine/run';
import { REPORT, type Task } from '../shared/engine/task';
import { TrunklineError } from '../shared/errors';
import { fromStored } from '../shared/format';
import { listOf } from '../shared/list-of';
import type { CommandContext } from './command';
import type { Connection } from './connection';

export interface Snapshot {
  run: Run;
  /** Without the report's own. */
  tasks: Task[];
  report: Task | null;
  /** The latest of each task. */
  events: ReadonlyMap<string, RunEvent>;
}

export interface Follower {
  show(snapshot: Snapshot): void;
  end(): void;
}

/** How often an account is asked; the local cloud's time runs faster. */
const POLL_MS = { local: 400, account: 3_000 } as const;

export async function followRun(
  context: CommandContext,
  connection: Connection,
  id: RunId,
  follower: Follower,
): Promise<{ run: Run; report: RunReport | null }> {
  const pollMs = connection.target.endpoint ? POLL_MS.local : POLL_MS.account;
  // Ends with the run, which has deadlines of its own for every task (W8), or with the person's patience.
  for (;;) {
    const snapshot = await readSnapshot(connection, id);
    if (snapshot) follower.show(snapshot);
    if (snapshot?.run.state === 'ended') break;
    const stopped = await Promise.race([context.pause(pollMs).then(() => false), context.interrupted.then(() => true)]);
    if (!stopped) continue;
    follower.end();
    throw new TrunklineError('Interrupted', `stopped watching; the run ${id} goes on`);
  }
  follower.end();
  const run = (await connection.runs.readRun(id)) as Run;
  return { run, report: await readReport(connection, run) };
}

async function readSnapshot({ runs }: Connection, id: RunId): Promise<Snapshot | null> {
  const [run, tasks, events] = await Promise.all([runs.readRun(id), runs.readTasks(id), runs.readEvents(id)]);
  if (!run) return null;
  return {
    run,
    tasks: tasks.filter((task) => task.id !== REPORT),
    report: tasks.find((task) => task.id === REPORT) ?? null,
    events: new Map(events.map((event) => [event.task, event])),
  };
}

const count = z.object({ total: z.number(), reachable: z.number(), assumed: z.number() });

const reportSchema = z.object({
  network: z.string(),
  revision: z.number(),
  run: z.string(),
  outcome: z.enum(OUTCOMES) satisfies z.ZodType<Outcome>,
  tasks: z.object({ done: z.number(), failed: z.number(), undone: z.number() }),
  calls: z.number(),
  elapsedMs: z.number(),
  proof: z
    .object({ sitePairs: count, applications: count, tests: z.object({ total: z.number(), hold: z.number() }) })
    .nullable(),
  seal: z.string(),
  failures: listOf(
    z.object({ task: z.string(), code: z.string(), message: z.string(), requestId: z.string().nullable() }),
  ),
});

/** A run that was stopped publishes none. */
export async function readReport({ objects }: Connection, run: Run): Promise<RunReport | null> {
  const object = reportObject(run.network, run.id);
  const bytes = await objects.get(object);
  return bytes && fromStored(reportSchema, new TextDecoder().decode(bytes), `the object ${object}`);
}
