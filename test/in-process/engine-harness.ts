/** The engine over an in-process world: rows in Tablestore, messages in SMQ, time in the test's hand. */

import { durationMs, type EpochMs, minutes, seconds } from '../../shared/clock';
import type { ResourceKinds } from '../../shared/engine/advance-resource';
import type { Cloud } from '../../shared/engine/cloud';
import type { Crash, CrashPoint } from '../../shared/engine/crash-points';
import { type HoldReply, holdTask, type Work } from '../../shared/engine/hold-task';
import { resourceWork } from '../../shared/engine/resource-work';
import type { RunId } from '../../shared/engine/run';
import { engineSettings } from '../../shared/engine/settings';
import { type Task, type TaskDefinition, type TaskMessage, taskMessage } from '../../shared/engine/task';
import type { Desired, ResourceId } from '../../shared/plan/desired';
import { queueName, smqQueue } from '../../shared/queue/smq-queue';
import { runStore, taskStore } from '../../shared/store/store';
import { tables } from '../../shared/store/tables';
import { makeQueues, makeTables } from './deployment';
import { type InProcess, inProcessWorld } from './in-process-world';
import { type WorldQueues, worldQueues } from './world-queues';
import { worldTables } from './world-tables';

export const RUN = 'acme.0a1b2c3d.1' as RunId;
export const OWNER = { network: 'acme', incarnation: '0a1b2c3d' };

/** The invocation died here. */
export class Died extends Error {}

export interface Harness {
  inProcess: InProcess;
  runs: ReturnType<typeof runStore>;
  store: ReturnType<typeof taskStore>;
  queues: WorldQueues;
  settings: ReturnType<typeof engineSettings>;
  /** Dies at the point, the `nth` time it comes by. */
  dieAt(point: CrashPoint, nth?: number): void;
  crash: Crash;
  start(tasks: readonly TaskDefinition[]): Promise<void>;
  /** Handles one message as a step function would. */
  handle(message: TaskMessage): Promise<HoldReply>;
  /** Delivers messages, moving time to the next when none is visible, until none is left. */
  pump(options?: { until?: EpochMs }): Promise<HoldReply[]>;
  task(id: string): Promise<Task>;
}

/** A stream tries again after 10 to 20 seconds, three times; then the sweep must help. */
const REDELIVERY = seconds(15);
const MOST_MESSAGES = 2_000;
const NO_CLOUD: Cloud = { call: async () => ({}) };

export async function engineHarness(kinds: ResourceKinds, work?: Work, inProcess = inProcessWorld()): Promise<Harness> {
  const client = worldTables(inProcess);
  const queues = worldQueues(inProcess);
  const rows = tables(client, 'test');
  await makeTables(rows.client, 'test');
  // A new table takes a while before it serves.
  inProcess.clock.advance(minutes(1));
  await makeQueues(queues, 'test');
  const [store, runs, queue] = [taskStore(rows), runStore(rows), smqQueue(queues, 'test')];
  const { clock } = inProcess;
  const settings = engineSettings('test', {
    functionTimeout: seconds(60),
    socketTimeout: seconds(10),
    clockSkew: seconds(60),
  });
  let deaths: { point: CrashPoint; left: number } | null = null;
  let invocations = 0;
  const crash: Crash = (point) => {
    if (deaths?.point !== point) return;
    deaths.left -= 1;
    if (deaths.left > 0) return;
    deaths = null;
    throw new Died(point);
  };
  const handle = (message: TaskMessage): Promise<HoldReply> => {
    invocations += 1;
    const owner = `invocation-${invocations}`;
    const resource = resourceWork({
      store,
      cloudUntil: () => NO_CLOUD,
      kinds,
      settings,
      now: () => clock.now(),
      crash,
    });
    const deps = { store, queue, clock, settings, owner, jitter: () => 1, calls: () => [], crash };
    return holdTask(deps, work ?? resource, message);
  };
  const harness: Harness = {
    inProcess,
    runs,
    store,
    queues,
    settings,
    crash,
    handle,
    dieAt: (point, nth = 1) => {
      deaths = { point, left: nth };
    },
    start: async (tasks) => {
      await runs.createRun(runRow(clock.now()));
      await runs.createTasks(tasks, clock.now());
      await runs.moveRun(RUN, ['starting'], 'ready');
      for (const task of tasks)
        if (task.edges.length === 0) await queue.send(task.step, { ...taskMessage(RUN, task.id, 0) }, durationMs(0));
    },
    pump: async ({ until } = {}) => {
      const replies: HoldReply[] = [];
      for (let count = 0; count < MOST_MESSAGES; count += 1) {
        const message = next(queues, inProcess, until);
        if (!message) return replies;
        try {
          replies.push(await handle(message));
        } catch (error) {
          if (!(error instanceof Died)) throw error;
          await queue.send('cen', { ...message }, REDELIVERY);
        }
      }
      throw new Error(`messages still circle after ${MOST_MESSAGES}`);
    },
    task: async (id) => {
      const task = await store.readTask(RUN, id as ResourceId);
      if (!task) throw new Error(`no task ${id}`);
      return task;
    },
  };
  return harness;
}

const STEP_QUEUES = ['gateway', 'tunnel', 'cen', 'routes', 'security-group', 'report'] as const;

function next(queues: WorldQueues, { clock }: InProcess, until?: EpochMs): TaskMessage | null {
  for (;;) {
    const visible: EpochMs[] = [];
    for (const queue of STEP_QUEUES) {
      const answer = queues.take(queueName('test', queue));
      if ('message' in answer) return answer.message as unknown as TaskMessage;
      if (answer.nextVisibleAt !== null) visible.push(answer.nextVisibleAt);
    }
    const earliest = visible.sort((a, b) => a - b)[0];
    if (earliest === undefined || (until !== undefined && earliest > until)) return null;
    clock.moveTo(earliest);
  }
}

const runRow = (startedAt: EpochMs) => ({
  id: RUN,
  ...OWNER,
  revision: 1,
  topologyObject: 'revisions/acme/1.yaml',
  planHash: '',
  state: 'starting' as const,
  startedAt,
  endedAt: null,
  outcome: null,
  seal: null,
});

/** A task over the toy cloud: a CEN instance of its own name. */
export function toyTask(id: string, changes: Partial<TaskDefinition> = {}): TaskDefinition {
  const desired: Desired = { kind: 'cen', existingId: null };
  return {
    run: RUN,
    id: id as ResourceId,
    resource: id as ResourceId,
    step: 'cen',
    kind: 'cen',
    action: 'create',
    desired,
    desiredHash: `hash of ${id}`,
    adopts: null,
    needs: [],
    edges: [],
    dependents: [],
    ...changes,
  };
}

/** `b` needs `a`: an edge with its column, and the dependent that it names. */
export function toyGraph(needs: Readonly<Record<string, readonly string[]>>): TaskDefinition[] {
  const ids = Object.keys(needs);
  return ids.map((id) =>
    toyTask(id, {
      needs: (needs[id] ?? []) as ResourceId[],
      edges: (needs[id] ?? []) as ResourceId[],
      dependents: ids.flatMap((other) => {
        const ordinal = (needs[other] ?? []).indexOf(id);
        return ordinal < 0 ? [] : [{ id: other as ResourceId, step: 'cen' as const, ordinal }];
      }),
    }),
  );
}
