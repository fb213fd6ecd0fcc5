/**
 * A whole run in this process and in virtual time: intake, steps, report over the local cloud's world, without HTTP.
 * Handlers take no time; what passes is what the cloud takes and what the engine waits.
 */

import { createWorld } from '../../local/runtime/create-world';
import type { Account } from '../../local/world/account';
import type { Change } from '../../local/world/state';
import { compareAdopted } from '../../shared/adoption/compare-adopted';
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
import { kindForReading } from '../../shared/resources/kind-for-reading';
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
  submit(text: string, allowedPlan?: string): Promise<SubmitReply>;
  /** Works on messages until the run has ended, or on so many; what it took in the cloud's time. */
  runToEnd(run: RunId, most?: number): Promise<{ run: Run; elapsed: DurationMs; messages: number }>;
  /** Another one that stands where this one stands, and goes its own way: a tenth of the time of getting there. */
  copy(crash?: Crash): VirtualCloud;
}

/** All that a cloud and those who work on it remember. What is stored is replaced, never modified, so values are shared. */
interface Standing {
  now: EpochMs;
  world: Iterable<Change>;
  objects: Iterable<readonly [string, Uint8Array]>;
  asked: readonly CloudRequest[];
  drawn: Drawn;
}

/** How many there have been. */
interface Drawn {
  incarnations: number;
  keys: number;
  invocations: number;
}

const STEPS = ['gateway', 'tunnel', 'cen', 'routes', 'security-group', 'report'] as const;
/** Past it something circles. */
const MOST_MESSAGES = 2_000_000;

export async function virtualCloud(account: Account, crash?: Crash): Promise<VirtualCloud> {
  const { now } = manualClock();
  const drawn = { incarnations: 0, keys: 0, invocations: 0 };
  const cloud = standingCloud(account, { now: now(), world: [], objects: [], asked: [], drawn }, crash);
  await makeTables(cloud.tables.client, 'test');
  await makeQueues(worldQueues(cloud.inProcess), 'test');
  cloud.inProcess.clock.advance(minutes(1));
  return cloud;
}

function standingCloud(account: Account, standing: Standing, crash: Crash = () => undefined): VirtualCloud {
  const clock = manualClock(standing.now);
  const world = createWorld(account, standing.world, clock.now());
  const caller = { accountId: account.accountId, accessKeyId: account.accessKey.id, roleArn: null };
  const inProcess: InProcess = {
    world,
    caller,
    clock,
    serve: (request) => world.handle(clock.now(), request).response.output,
  };
  const rows = tables(worldTables(inProcess), 'test');
  const queues = worldQueues(inProcess);
  const cloud = worldCloud(inProcess);
  cloud.asked.push(...standing.asked);
  const objects = memoryObjects(standing.objects);
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
  const drawn = { ...standing.drawn };
  const works = workers({ rows, queue, clock, cloud, crash, report, drawn });
  return {
    inProcess,
    objects,
    tables: rows,
    runs,
    queue,
    cloud,
    asked: cloud.asked,
    submit: (text, allowedPlan) =>
      submitTopology(
        {
          runs,
          queue,
          objects,
          clock,
          crash,
          newIncarnation: () => String(++drawn.incarnations).padStart(8, '0'),
          compareAccount: async (topology, recorded) => [
            ...(await compareAccount({ topology, recorded, cloud })),
            ...(await compareAdopted({ cloud, deployment: 'test', kindOf: kindForReading }, topology, recorded)),
          ],
        },
        {
          bytes: new TextEncoder().encode(text),
          file: 'topology.yaml',
          source: 'oss:topologies/a.yaml',
          asker: { kind: 'file', key: 'topologies/a.yaml' },
          ...(allowedPlan ? { plan: { hash: allowedPlan, mayInterrupt: true } } : {}),
        },
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
    copy: (other) =>
      standingCloud(
        account,
        { now: clock.now(), world: world.state.snapshot(), objects: objects.all, asked: cloud.asked, drawn },
        other,
      ),
  };
}

interface Workers {
  rows: ReturnType<typeof tables>;
  queue: ReturnType<typeof smqQueue>;
  clock: InProcess['clock'];
  cloud: ReturnType<typeof worldCloud>;
  crash: Crash;
  report: ReportDeps;
  drawn: Drawn;
}

function workers({
  rows,
  queue,
  clock,
  cloud,
  crash,
  report,
  drawn,
}: Workers): (queue: (typeof STEPS)[number], message: TaskMessage) => Promise<unknown> {
  const store = taskStore(rows);
  const settings = engineSettings('test', {
    functionTimeout: seconds(60),
    socketTimeout: seconds(10),
    clockSkew: seconds(60),
  });
  const kinds = resourceKinds({ randomKey: () => secretOf(String(++drawn.keys).padStart(48, 'K')) });
  const step = resourceWork({ store, cloudUntil: () => cloud, kinds, settings, now: () => clock.now(), crash });
  const last = reportWork(report);
  return (name, message) => {
    drawn.invocations += 1;
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
      owner: `invocation-${drawn.invocations}`,
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
