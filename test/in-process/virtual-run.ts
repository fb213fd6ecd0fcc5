/**
 * A whole run in this process and in virtual time: intake, steps, report over the local cloud's world, without HTTP.
 * Handlers take no time; what passes is what the cloud takes and what the engine waits.
 */

import { createWorld } from '../../local/runtime/create-world';
import type { Account } from '../../local/world/account';
import { compareAccount } from '../../shared/alicloud/compare-account';
import { readNetwork } from '../../shared/alicloud/read-network';
import { type DurationMs, durationMs, type EpochMs, epochMs, minutes, seconds } from '../../shared/clock';
import { type ReportDeps, reportWork } from '../../shared/engine/advance-report';
import type { Cloud, CloudRequest } from '../../shared/engine/cloud';
import type { Crash } from '../../shared/engine/crash-points';
import type { CallRecord } from '../../shared/engine/event';
import { type HoldDeps, holdTask } from '../../shared/engine/hold-task';
import type { Queue } from '../../shared/engine/queue';
import { resourceWork } from '../../shared/engine/resource-work';
import type { Run, RunId } from '../../shared/engine/run';
import { engineSettings } from '../../shared/engine/settings';
import { type SubmitReply, submitTopology } from '../../shared/engine/submit-topology';
import type { TaskMessage } from '../../shared/engine/task';
import { queueName, smqQueue } from '../../shared/queue/smq-queue';
import { resourceKinds } from '../../shared/resources/registry';
import { secretOf } from '../../shared/secret';
import { runStore, taskStore } from '../../shared/store/store';
import { type Tables, tables } from '../../shared/store/tables';
import { worldCloud } from '../unit/resources/world-cloud';
import { makeQueues, makeTables } from './deployment';
import { type InProcess, manualClock } from './in-process-world';
import { type MemoryObjects, memoryObjects } from './memory-objects';
import { type WorldQueues, worldQueues } from './world-queues';
import { worldTables } from './world-tables';

export interface VirtualCloud {
  inProcess: InProcess;
  objects: MemoryObjects;
  tables: Tables;
  runs: ReturnType<typeof runStore>;
  queue: Queue;
  cloud: Cloud;
  /** Every call to the cloud, in order. */
  asked: CloudRequest[];
  submit(text: string): Promise<SubmitReply>;
  /** Works on messages until the run has ended, or on so many; what it took in the cloud's time. */
  runToEnd(run: RunId, most?: number): Promise<{ run: Run; elapsed: DurationMs; messages: number }>;
}

const STEPS = ['gateway', 'tunnel', 'cen', 'routes', 'security-group', 'report'] as const;
/** Past it something circles. */
const MOST_MESSAGES = 2_000_000;

export async function virtualCloud(account: Account, crash: Crash = () => undefined): Promise<VirtualCloud> {
  const clock = manualClock();
  const world = createWorld(account, [], clock.now());
  const caller = { accountId: account.accountId, accessKeyId: account.accessKey.id, roleArn: null };
  const inProcess: InProcess = {
    world,
    caller,
    clock,
    serve: (request) => world.handle(clock.now(), request).response.output,
  };
  const rows = tables(worldTables(inProcess), 'test');
  const queues = worldQueues(inProcess);
  await makeTables(rows.client, 'test');
  await makeQueues(queues, 'test');
  clock.advance(minutes(1));
  const cloud = worldCloud(inProcess);
  const objects = memoryObjects();
  const runs = runStore(rows);
  const queue = smqQueue(queues, 'test');
  const report: ReportDeps = {
    runs,
    queue,
    objects,
    clock,
    crash,
    readNetworkModel: (input) => readNetwork({ ...input, cloud }),
    notifyTickets: async () => undefined,
  };
  const works = workers({ rows, queue, clock, cloud, crash, report });
  let incarnations = 0;
  return {
    inProcess,
    objects,
    tables: rows,
    runs,
    queue,
    cloud,
    asked: cloud.asked,
    submit: (text) =>
      submitTopology(
        {
          runs,
          queue,
          objects,
          clock,
          crash,
          newIncarnation: () => String(++incarnations).padStart(8, '0'),
          compareAccount: (topology) => compareAccount({ topology, cloud }),
        },
        { bytes: new TextEncoder().encode(text), file: 'topology.yaml', source: 'oss:topologies/a.yaml' },
      ),
    runToEnd: async (id, most = MOST_MESSAGES) => {
      const start = clock.now();
      let messages = 0;
      for (; messages < most; messages += 1) {
        const message = nextMessage(queues, inProcess);
        if (!message) break;
        await works(message.queue, message.body);
      }
      const run = await runs.readRun(id);
      if (!run) throw new Error(`no run ${id}`);
      return { run, elapsed: durationMs(clock.now() - start), messages };
    },
  };
}

interface Workers {
  rows: ReturnType<typeof tables>;
  queue: ReturnType<typeof smqQueue>;
  clock: InProcess['clock'];
  cloud: ReturnType<typeof worldCloud>;
  crash: Crash;
  report: ReportDeps;
}

function workers({
  rows,
  queue,
  clock,
  cloud,
  crash,
  report,
}: Workers): (queue: (typeof STEPS)[number], message: TaskMessage) => Promise<unknown> {
  const store = taskStore(rows);
  const settings = engineSettings('test', {
    functionTimeout: seconds(60),
    socketTimeout: seconds(10),
    clockSkew: seconds(60),
  });
  let keys = 0;
  let invocations = 0;
  const kinds = resourceKinds({ randomKey: () => secretOf(String(++keys).padStart(48, 'K')) });
  const step = resourceWork({ store, cloudUntil: () => cloud, kinds, settings, now: () => clock.now(), crash });
  const last = reportWork(report);
  return (name, message) => {
    invocations += 1;
    const from = cloud.asked.length;
    const calls = (): CallRecord[] =>
      cloud.asked
        .slice(from)
        .map(({ service, region, action }) => ({ service, region, action, requestId: null, code: null }));
    const deps: HoldDeps = {
      store,
      queue,
      clock,
      settings,
      owner: `invocation-${invocations}`,
      jitter: () => 1,
      calls,
      crash,
    };
    return holdTask(deps, name === 'report' ? last : step, message);
  };
}

function nextMessage(
  queues: WorldQueues,
  { clock, world }: InProcess,
): { queue: (typeof STEPS)[number]; body: TaskMessage } | null {
  for (;;) {
    let earliest = Number.POSITIVE_INFINITY;
    for (const queue of STEPS) {
      const answer = queues.take(queueName('test', queue));
      if ('message' in answer) return { queue, body: answer.message as unknown as TaskMessage };
      earliest = Math.min(earliest, answer.nextVisibleAt ?? Number.POSITIVE_INFINITY);
    }
    if (!Number.isFinite(earliest)) return null;
    const next: EpochMs = epochMs(earliest);
    clock.moveTo(next);
    world.tick(next);
  }
}
