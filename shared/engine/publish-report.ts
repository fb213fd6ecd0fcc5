/** The report object: what `apply` and `watch` print, the failures, the proof, and the timeline beside it. */
import { between, type EpochMs } from '../clock';
import { withFormat } from '../format';
import type { Json } from '../json';
import type { Proof } from '../network/proof';
import { sealOf } from './audit';
import type { RunEvent } from './event';
import type { Objects, WrittenKey } from './objects';
import type { Outcome, Run } from './run';
import type { RunStore } from './store';
import { type Failure, REPORT, type Task } from './task';

export interface PublishDeps {
  runs: Pick<RunStore, 'readTasks' | 'readEvents'>;
  objects: Objects;
}

export interface RunReport {
  network: string;
  revision: number;
  run: string;
  outcome: Outcome;
  tasks: { done: number; failed: number; undone: number };
  /** Cloud calls of the run. */
  calls: number;
  elapsedMs: number;
  /** Null where the network could not be read back or proven. */
  proof: Proof['summary'] | null;
  /** Digest of all that its tasks did; the run's row has the same. See audit.ts. */
  seal: string;
  failures: { task: string; code: string; message: string; requestId: string | null }[];
}

/** What was decided, and when: whoever publishes it again says the same. */
export interface Decision {
  outcome: Outcome;
  at: EpochMs;
  /** Null where the network could not be read back or proven. */
  proof: Proof | null;
  /** The report's own. */
  failure: Failure | null;
}

export async function publishReport(
  deps: PublishDeps,
  run: Run,
  { outcome, at, proof, failure: own }: Decision,
): Promise<void> {
  const all = await deps.runs.readTasks(run.id);
  const tasks = all.filter((task) => task.id !== REPORT);
  const events = await deps.runs.readEvents(run.id);
  const report: RunReport = {
    network: run.network,
    revision: run.revision,
    run: run.id,
    outcome,
    tasks: { done: count(tasks, 'done'), failed: count(tasks, 'failed'), undone: count(tasks, 'undone') },
    calls: events.reduce((sum, event) => sum + event.calls.length, 0),
    elapsedMs: between(run.startedAt, at),
    proof: proof?.summary ?? null,
    seal: sealOf(run, all),
    failures: [
      ...tasks.flatMap(({ id, failure }) => (failure ? [{ task: id, ...failure }] : [])),
      ...(own ? [{ task: REPORT, ...own }] : []),
    ],
  };
  await deps.objects.put(
    reportObject(run.network, run.id),
    body(withFormat(report) as unknown as Json),
    'application/json',
  );
  if (proof)
    await deps.objects.put(
      proofReport(run.network, run.id),
      body(withFormat(proof) as unknown as Json),
      'application/json',
    );
  await deps.objects.put(timelineObject(run.network, run.id), timeline(events), 'application/x-ndjson');
}

export const reportObject = (network: string, run: string): WrittenKey => `reports/${network}/${run}/report.json`;
export const proofReport = (network: string, run: string): WrittenKey => `reports/${network}/${run}/proof.json`;
export const timelineObject = (network: string, run: string): WrittenKey => `reports/${network}/${run}/timeline.jsonl`;

const count = (tasks: readonly Task[], state: Task['state']): number =>
  tasks.filter((task) => task.state === state).length;

const body = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`;

const timeline = (events: readonly RunEvent[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');
