/**
 * One history: a workload, under the faults drawn from the seed, to its end. The same seed gives the same history, to
 * the byte; its digest says so.
 */
import { createHash } from 'node:crypto';
import { parseAccount } from '../../local/world/account';
import { durationMs, type EpochMs, epochMs, minutes } from '../../shared/clock';
import type { CrashPoint } from '../../shared/engine/crash-points';
import { isDestroyed } from '../../shared/engine/revision';
import type { NetworkRow } from '../../shared/engine/run';
import type { RunStore } from '../../shared/engine/store';
import type { QueueClient } from '../../shared/queue/queue-client';
import { runStore } from '../../shared/store/store';
import { tables } from '../../shared/store/tables';
import { makeQueues, makeTables } from '../in-process/deployment';
import { worldQueues } from '../in-process/world-queues';
import { worldTables } from '../in-process/world-tables';
import { type Chance, chanceOf } from './chance';
import { agreement } from './checks/agreement';
import { atRest, forgotten, notLive, topologyAt, wasRefused } from './checks/at-rest';
import type { Check, Violation } from './checks/check';
import { foreign } from './checks/foreign';
import { heldCalls } from './checks/held-calls';
import { oneOfEach } from './checks/one-of-each';
import { type Places, places } from './checks/places';
import { runs } from './checks/runs';
import { secrets } from './checks/secrets';
import { taskRows } from './checks/task-rows';
import type { Services } from './connections';
import { Effects } from './effects';
import { Fate } from './fate';
import { describeFault, drawFaults, type Fault, type ServiceName } from './faults';
import { act, order, type Scene } from './people';
import { Platform } from './platform';
import { simulatedCloud } from './simulated-cloud';
import { Timeline } from './timeline';
import { drawWorkload } from './workloads/draw-workload';
import type { Materials, Workload } from './workloads/workload';

export interface Settings {
  seed: string;
  materials: Materials;
  /** Instead of those drawn from the seed. */
  faults?: readonly Fault[];
  workload?: Workload;
  /** Hears every line of the history. */
  hear?(line: string): void;
}

export interface History {
  seed: string;
  workload: string;
  faults: readonly Fault[];
  violations: Violation[];
  /** SHA-256 of all its lines. */
  digest: string;
  invocations: number;
  deadLetters: number;
  /** Files uploaded again after the faults, since their run had failed. */
  repeats: number;
  virtualHours: number;
  asked: Readonly<Record<ServiceName, number>>;
  passed: ReadonlyMap<CrashPoint, number>;
  /** Kinds of the faults that disturbed something, one for each. */
  struck: Fault['kind'][];
  /** Deaths at the place where another had died of the same message. */
  deathsAgain: number;
}

const DEPLOYMENT = 'sim';
const BEGINNING = epochMs(1_800_000_000_000);
/** Faults stop so long after the last upload. */
const TROUBLED = minutes(75);
/** Quiet must come within it: a message may be four hours late, and what it begins has deadlines of an hour. */
const PATIENCE = minutes(24 * 60);
/** Past the longest standstill of a frozen invocation. */
const THAW = minutes(25);

export async function simulate(settings: Settings): Promise<History> {
  const chance = chanceOf(settings.seed);
  const workload = settings.workload ?? drawWorkload(chance.fork('workload'), settings.materials);
  const faults = settings.faults ?? drawFaults(chance.fork('faults'));
  const record = new HistoryRecord(settings.hear);
  for (const fault of faults) record.note(`fault: ${describeFault(fault)}`);
  const stage = await setStage({ materials: settings.materials, workload, faults, chance, record });
  await playTroubled(stage);
  await settle(stage);
  const repeats = await repeatWhatFailed(stage);
  await checkAtRest(stage);
  const { platform, fate, timeline, start } = stage;
  return {
    seed: settings.seed,
    workload: workload.name,
    faults,
    violations: record.violations,
    digest: record.digest(),
    invocations: platform.total,
    deadLetters: platform.deadLetters,
    repeats,
    virtualHours: (timeline.now - start) / 3_600_000,
    asked: fate.asked,
    passed: fate.passed,
    struck: [...fate.struck].map(({ kind }) => kind),
    deathsAgain: fate.deathsAgain,
  };
}

/** What was seen, line by line, and what must not have been. */
class HistoryRecord {
  readonly violations: Violation[] = [];
  private readonly hash = createHash('sha256');
  /** Since the start, in seconds; set with the stage. */
  seconds: () => number = () => 0;

  constructor(private readonly hear: Settings['hear']) {}

  note(line: string): void {
    const text = `${this.seconds().toFixed(3)} ${line}`;
    this.hash.update(`${text}\n`);
    this.hear?.(text);
  }

  violated(violation: Violation): void {
    this.note(`VIOLATION ${violation.check}: ${violation.what}`);
    this.violations.push(violation);
  }

  digest(): string {
    return this.hash.digest('hex');
  }
}

interface Stage {
  timeline: Timeline;
  start: EpochMs;
  workload: Workload;
  record: HistoryRecord;
  fate: Fate;
  platform: Platform;
  bucket: Map<string, Uint8Array>;
  queues: QueueClient;
  store: RunStore;
  checks: readonly Check[];
  /** How often each key was uploaded or removed. */
  asked: Map<string, number>;
  places: Places;
}

interface Given {
  materials: Materials;
  workload: Workload;
  faults: readonly Fault[];
  chance: Chance;
  record: HistoryRecord;
}

async function setStage({ materials, workload, faults, chance, record }: Given): Promise<Stage> {
  const timeline = new Timeline(BEGINNING);
  const { cloud, client, queues } = await account(materials, workload, timeline);
  const start = timeline.now;
  record.seconds = () => (timeline.now - start) / 1_000;
  const { state } = cloud.inProcess.world;
  const bucket = new Map<string, Uint8Array>();
  const asked = new Map<string, number>();
  const store = runStore(tables(client, DEPLOYMENT));
  const held = places();
  const checks: Check[] = [
    taskRows(),
    heldCalls(),
    runs(),
    oneOfEach(state, DEPLOYMENT),
    foreign(state),
    secrets(),
    held,
    agreement(workload.mustAsk),
    atRest({
      runs: store,
      cloud: cloud.cloud,
      bucket,
      networks: workload.networks,
      down: workload.down,
      state,
      asked,
      places: held,
    }),
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
  const services: Services = { deployment: DEPLOYMENT, cloud, tables: client, queues, bucket, effects };
  const sinceStart = () => durationMs(timeline.now - start);
  const around = { timeline, fate, sinceStart, note: (line: string) => record.note(line) };
  const platform = new Platform(around, services, chance.fork('platform'));
  return { timeline, start, workload, record, fate, platform, bucket, queues, store, checks, asked, places: held };
}

/** The example's account with a deployment in it, and what somebody made there by hand. */
async function account(materials: Materials, workload: Workload, timeline: Timeline) {
  const { account: given } = parseAccount(materials.account, 'account.yaml');
  if (!given) throw new Error("the example's account does not parse");
  const cloud = simulatedCloud(given, timeline);
  const client = worldTables(cloud.inProcess);
  const queues = worldQueues(cloud.inProcess);
  await makeTables(client, DEPLOYMENT);
  await makeQueues(queues, DEPLOYMENT);
  for (const request of workload.byHand) await cloud.cloud.call(request);
  // A new table takes a while before it serves.
  timeline.after(minutes(1), () => undefined);
  await timeline.run(epochMs(BEGINNING + minutes(1)), () => false);
  return { cloud, client, queues };
}

function upload({ record, bucket, platform, asked }: Stage, key: string, bytes: Uint8Array): void {
  record.note(`somebody uploads ${key}`);
  bucket.set(key, bytes);
  asked.set(key, (asked.get(key) ?? 0) + 1);
  platform.changed(key, 'ObjectCreated:PutObject');
}

function remove({ record, bucket, platform, asked }: Stage, key: string): void {
  record.note(`somebody removes ${key}`);
  bucket.delete(key);
  asked.set(key, (asked.get(key) ?? 0) + 1);
  platform.changed(key, 'ObjectRemoved:DeleteObject');
}

/** Ends at the first violation: what follows from one is no other. */
const isOver = ({ record }: Stage): boolean => record.violations.length > 0;

async function playTroubled(stage: Stage): Promise<void> {
  const { timeline, workload, platform, fate, record, start } = stage;
  platform.start();
  for (const { at, key, text } of workload.uploads)
    timeline.after(at, () => (text === null ? remove(stage, key) : upload(stage, key, new TextEncoder().encode(text))));
  for (const one of workload.acts) timeline.after(one.at, () => void act(sceneOf(stage), one));
  const last = Math.max(...[...workload.uploads, ...workload.acts].map(({ at }) => at));
  await timeline.run(epochMs(start + last + TROUBLED), () => isOver(stage));
  fate.calmDown();
  record.note('faults stop');
}

async function settle(stage: Stage): Promise<void> {
  const { timeline, platform, record } = stage;
  const thawed = timeline.now + THAW;
  const isQuiet = (): boolean => timeline.now >= thawed && platform.quiet;
  const quiet = await timeline.run(epochMs(timeline.now + PATIENCE), () => isOver(stage) || isQuiet());
  if (!quiet)
    record.violated({ check: 'quiet', what: `no rest within ${PATIENCE / 3_600_000} hours after the faults` });
}

/** As a user would where a run failed, or where no event came; without faults it must succeed. How many files there were. */
async function repeatWhatFailed(stage: Stage): Promise<number> {
  const { workload, bucket, store, record, platform } = stage;
  let repeats = 0;
  for (const key of workload.networks) {
    if (isOver(stage)) break;
    const bytes = bucket.get(key) ?? new Uint8Array();
    const row = await store.readNetwork(topologyAt(bucket, key).name);
    if (notLive(row, bytes) === null || wasRefused(stage, key)) continue;
    const what = await forgotten({ runs: store, bucket }, key, platform.missedUploads === 0);
    if (what) record.violated({ check: 'nothing-lost', what: `${key} ${what}` });
    if (isOver(stage)) break;
    repeats += 1;
    upload(stage, key, bytes);
    await settle(stage);
    for (const one of LAST_WORDS) if (await act(sceneOf(stage), { ...one, key })) await settle(stage);
  }
  for (const name of workload.down) {
    const row = await store.readNetwork(name);
    if (isOver(stage) || !row || isDestroyed(row)) continue;
    repeats += 1;
    await takeDown(stage, row);
    await settle(stage);
  }
  return repeats;
}

/** What people say in the end, of whatever still waits for it. */
const LAST_WORDS = [
  { by: 'alice', what: 'leave' },
  { by: 'alice', what: 'agree' },
  { by: 'bob', what: 'agree' },
] as const;

function takeDown(stage: Stage, { name, latest }: NetworkRow): Promise<void> {
  stage.record.note(`somebody orders ${name} to be taken down`);
  return order(sceneOf(stage), { kind: 'destroy', network: name, base: latest });
}

const sceneOf = ({ bucket, store, queues, platform, asked, record }: Stage): Scene => ({
  deployment: DEPLOYMENT,
  bucket,
  store,
  queues,
  platform,
  asked,
  note: (line) => record.note(line),
});

async function checkAtRest(stage: Stage): Promise<void> {
  for (const check of stage.checks) {
    if (isOver(stage)) return;
    const found = await check.atRest?.();
    if (found) stage.record.violated({ check: check.name, what: found });
  }
}
