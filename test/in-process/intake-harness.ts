/** Intake, starts, ends and the sweep over an in-process world; resources are not worked on. */

import { type DurationMs, epochMs, minutes } from '../../shared/clock';
import { repairDrift } from '../../shared/drift/repair-drift';
import type { Crash, CrashPoint } from '../../shared/engine/crash-points';
import { type EndDeps, endRun } from '../../shared/engine/end-run';
import type { Outcome, Run, RunId } from '../../shared/engine/run';
import { type Submission, type SubmitReply, submitTopology } from '../../shared/engine/submit-topology';
import { type Swept, sweep } from '../../shared/engine/sweep';
import type { OrderDeps } from '../../shared/engine/take-order';
import type { JsonObject } from '../../shared/json';
import type { Problem } from '../../shared/problem';
import { queueName, smqQueue } from '../../shared/queue/smq-queue';
import { kindForReading } from '../../shared/resources/kind-for-reading';
import { runStore, taskStore } from '../../shared/store/store';
import { tables } from '../../shared/store/tables';
import { makeQueues, makeTables } from './deployment';
import { Died } from './engine-harness';
import { type InProcess, inProcessWorld } from './in-process-world';
import { type MemoryObjects, memoryObjects } from './memory-objects';
import { worldQueues } from './world-queues';
import { worldTables } from './world-tables';

export interface IntakeHarness {
  inProcess: InProcess;
  deps: OrderDeps & EndDeps;
  objects: MemoryObjects;
  store: ReturnType<typeof taskStore>;
  /** What the account differs in; empty unless a test says so. */
  account: Problem[];
  dieAt(point: CrashPoint, nth?: number): void;
  submit(text: string, source?: string): Promise<SubmitReply>;
  /** Null where it died. */
  submitOrDie(text: string): Promise<SubmitReply | null>;
  end(run: RunId, outcome: Outcome): Promise<void>;
  sweep(): Promise<Swept>;
  /** All visible messages of a queue, taken off it. */
  messages(queue: Parameters<typeof queueName>[1]): JsonObject[];
  later(duration: DurationMs): void;
}

export async function intakeHarness(): Promise<IntakeHarness> {
  const inProcess = inProcessWorld();
  const rows = tables(worldTables(inProcess), 'test');
  const queues = worldQueues(inProcess);
  await makeTables(rows.client, 'test');
  await makeQueues(queues, 'test');
  inProcess.clock.advance(minutes(1));
  const objects = memoryObjects();
  const account: Problem[] = [];
  let death: { point: CrashPoint; left: number } | null = null;
  const crash: Crash = (point) => {
    if (death?.point !== point) return;
    death.left -= 1;
    if (death.left > 0) return;
    death = null;
    throw new Died(point);
  };
  let incarnations = 0;
  const settled = {
    runs: runStore(rows),
    queue: smqQueue(queues, 'test'),
    objects,
    clock: inProcess.clock,
    crash,
    takeHeld: async () => 'gone' as const,
    newIncarnation: () => {
      incarnations += 1;
      return String(incarnations).padStart(8, '0');
    },
    compareAccount: async () => account,
    notifyTickets: async () => undefined,
  };
  const store = taskStore(rows);
  const looks = { cloud: { call: () => Promise.reject(new Error('nothing stands here')) }, kindOf: kindForReading };
  const deps: OrderDeps & EndDeps = {
    ...settled,
    repairDrift: (repair) =>
      repairDrift(
        { ...settled, ...looks, tasks: store, deployment: 'test', settings: { readSettle: minutes(2) } },
        repair,
      ),
  };
  const submission = (text: string, source: string): Submission => ({
    bytes: new TextEncoder().encode(text),
    file: 'topology.yaml',
    source,
    asker: { kind: 'file', key: source.slice(source.indexOf(':') + 1) },
  });
  const submit = (text: string, source = 'oss:topologies/a.yaml') => submitTopology(deps, submission(text, source));
  return {
    inProcess,
    deps,
    objects,
    store,
    account,
    dieAt: (point, nth = 1) => {
      death = { point, left: nth };
    },
    submit,
    submitOrDie: async (text) => {
      try {
        return await submit(text);
      } catch (error) {
        if (error instanceof Died) return null;
        throw error;
      }
    },
    end: async (id, outcome) => endRun(deps, (await deps.runs.readRun(id)) as Run, outcome),
    sweep: () => sweep(deps),
    messages: (queue) => {
      const taken: JsonObject[] = [];
      for (;;) {
        const answer = queues.take(queueName('test', queue));
        if (!('message' in answer)) return taken;
        taken.push(answer.message);
      }
    },
    later: (duration) => inProcess.clock.moveTo(epochMs(inProcess.clock.now() + duration)),
  };
}
