/** Where a history happens: an account with a deployment in it, empty or with a network that stands already. */
import { parseAccount } from '../../local/world/account';
import type { Change } from '../../local/world/state';
import { durationMs, type EpochMs, epochMs, minutes } from '../../shared/clock';
import type { RunStore } from '../../shared/engine/store';
import type { QueueClient } from '../../shared/queue/queue-client';
import { runStore } from '../../shared/store/store';
import { tables } from '../../shared/store/tables';
import { makeQueues, makeTables } from '../in-process/deployment';
import { worldQueues } from '../in-process/world-queues';
import { worldTables } from '../in-process/world-tables';
import type { Chance } from './chance';
import { agreement } from './checks/agreement';
import { atRest } from './checks/at-rest';
import type { Check, RowChange, Violation } from './checks/check';
import { foreign, foreignIn } from './checks/foreign';
import { heldCalls } from './checks/held-calls';
import { oneOfEach } from './checks/one-of-each';
import { type Places, places } from './checks/places';
import { runs } from './checks/runs';
import { secrets } from './checks/secrets';
import { taskRows } from './checks/task-rows';
import type { Services } from './connections';
import { Effects } from './effects';
import { Fate } from './fate';
import type { Fault } from './faults';
import type { HistoryRecord } from './history-record';
import type { Scene } from './people';
import { Platform } from './platform';
import { simulatedCloud } from './simulated-cloud';
import { Timeline } from './timeline';
import type { Workload } from './workloads/workload';

export interface Stage {
  timeline: Timeline;
  start: EpochMs;
  workload: Workload;
  record: HistoryRecord;
  fate: Fate;
  effects: Effects;
  platform: Platform;
  bucket: Map<string, Uint8Array>;
  queues: QueueClient;
  store: RunStore;
  checks: readonly Check[];
  /** How often each key was uploaded or removed. */
  asked: Map<string, number>;
  places: Places;
  /** What was there before anybody. */
  foreign: readonly Change[];
  /** All that the cloud holds now. */
  everything(): Change[];
}

/** Where another history came to rest. */
export interface Standing {
  instant: EpochMs;
  everything: readonly Change[];
  foreign: readonly Change[];
  bucket: ReadonlyMap<string, Uint8Array>;
  asked: ReadonlyMap<string, number>;
  /** For the checks, which know what was before. */
  rows: readonly RowChange[];
  /** Of the history that led there; every one that begins with it has them, too. */
  violations: readonly Violation[];
}

interface Given {
  workload: Workload;
  faults: readonly Fault[];
  chance: Chance;
  record: HistoryRecord;
  standing: Standing | null;
}

const DEPLOYMENT = 'sim';
const BEGINNING = epochMs(1_800_000_000_000);

export async function setStage({ workload, faults, chance, record, standing }: Given): Promise<Stage> {
  const timeline = new Timeline(standing?.instant ?? BEGINNING);
  const { cloud, client, queues } = await account(workload, timeline, standing);
  const start = timeline.now;
  record.seconds = () => (timeline.now - start) / 1_000;
  const { state } = cloud.inProcess.world;
  const bucket = new Map(standing?.bucket);
  const asked = new Map(standing?.asked);
  const store = runStore(tables(client, DEPLOYMENT));
  const held = places();
  const beginning = standing?.foreign ?? foreignIn(state);
  const { networks, down } = workload;
  const checks: Check[] = [
    taskRows(),
    heldCalls(),
    runs(),
    oneOfEach(state, DEPLOYMENT),
    foreign(state, beginning),
    secrets(),
    held,
    agreement(workload.mustAsk),
    atRest({ runs: store, cloud: cloud.cloud, bucket, networks, down, state, asked, places: held }),
  ];
  const fate = new Fate(faults);
  const effects: Effects = new Effects({
    deployment: DEPLOYMENT,
    tables: client,
    checks,
    now: () => timeline.now,
    violated: (violation) => record.violated(violation),
    poke: (queue) => platform.poke(queue),
  });
  effects.recall(standing?.rows ?? []);
  const services: Services = { deployment: DEPLOYMENT, cloud, tables: client, queues, bucket, effects };
  const sinceStart = () => durationMs(timeline.now - start);
  const around = { timeline, fate, sinceStart, note: (line: string) => record.note(line) };
  const platform = new Platform(around, services, chance.fork('platform'));
  const place = { timeline, start, bucket, queues, store, asked, places: held };
  const everything = (): Change[] => [...state.snapshot()];
  return { ...place, workload, record, fate, effects, platform, checks, foreign: beginning, everything };
}

/** With a deployment in it, and what somebody made there by hand. */
async function account(workload: Workload, timeline: Timeline, standing: Standing | null) {
  const { account: given } = parseAccount(workload.account, 'account.yaml');
  if (!given) throw new Error('the account does not parse');
  const cloud = simulatedCloud(given, timeline, standing?.everything ?? []);
  const client = worldTables(cloud.inProcess);
  const queues = worldQueues(cloud.inProcess);
  if (standing) return { cloud, client, queues };
  await makeTables(client, DEPLOYMENT);
  await makeQueues(queues, DEPLOYMENT);
  for (const request of workload.byHand) await cloud.cloud.call(request);
  // A new table takes a while before it serves.
  timeline.after(minutes(1), () => undefined);
  await timeline.run(epochMs(BEGINNING + minutes(1)), () => false);
  return { cloud, client, queues };
}

export function upload({ record, bucket, platform, asked }: Stage, key: string, bytes: Uint8Array): void {
  record.note(`somebody uploads ${key}`);
  bucket.set(key, bytes);
  asked.set(key, (asked.get(key) ?? 0) + 1);
  platform.changed(key, 'ObjectCreated:PutObject');
}

export function remove({ record, bucket, platform, asked }: Stage, key: string): void {
  record.note(`somebody removes ${key}`);
  bucket.delete(key);
  asked.set(key, (asked.get(key) ?? 0) + 1);
  platform.changed(key, 'ObjectRemoved:DeleteObject');
}

export const sceneOf = ({ bucket, store, queues, platform, asked, record }: Stage): Scene => ({
  deployment: DEPLOYMENT,
  bucket,
  store,
  queues,
  platform,
  asked,
  note: (line) => record.note(line),
});
