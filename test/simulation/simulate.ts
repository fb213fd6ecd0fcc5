/**
 * One history: a workload, under the faults drawn from the seed, to its end. The same seed gives the same history, to
 * the byte; its digest says so.
 */
import { createHash } from 'node:crypto';
import { parseAccount } from '../../local/world/account';
import { durationMs, type EpochMs, epochMs, minutes } from '../../shared/clock';
import type { CrashPoint } from '../../shared/engine/crash-points';
import { runStore } from '../../shared/store/store';
import { tables } from '../../shared/store/tables';
import { makeQueues, makeTables } from '../in-process/deployment';
import { worldQueues } from '../in-process/world-queues';
import { worldTables } from '../in-process/world-tables';
import { chanceOf } from './chance';
import { atRest, notLive, topologyAt } from './checks/at-rest';
import type { Check, Violation } from './checks/check';
import { foreign } from './checks/foreign';
import { heldCalls } from './checks/held-calls';
import { oneOfEach } from './checks/one-of-each';
import { runs } from './checks/runs';
import { secrets } from './checks/secrets';
import { taskRows } from './checks/task-rows';
import type { Services } from './connections';
import { Effects } from './effects';
import { Fate } from './fate';
import { describeFault, drawFaults, type Fault, type ServiceName } from './faults';
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
  const history = createHash('sha256');
  const timeline = new Timeline(BEGINNING);
  let start: EpochMs = BEGINNING;
  const note = (line: string): void => {
    const text = `${((timeline.now - start) / 1_000).toFixed(3)} ${line}`;
    history.update(`${text}\n`);
    settings.hear?.(text);
  };
  for (const fault of faults) note(`fault: ${describeFault(fault)}`);
  const violations: Violation[] = [];
  const violated = (violation: Violation): void => {
    note(`VIOLATION ${violation.check}: ${violation.what}`);
    violations.push(violation);
  };

  const { account } = parseAccount(settings.materials.account, 'account.yaml');
  if (!account) throw new Error("the example's account does not parse");
  const cloud = simulatedCloud(account, timeline);
  const client = worldTables(cloud.inProcess);
  const queues = worldQueues(cloud.inProcess);
  await makeTables(client, DEPLOYMENT);
  await makeQueues(queues, DEPLOYMENT);
  for (const request of workload.byHand) await cloud.cloud.call(request);
  // A new table takes a while before it serves.
  timeline.after(minutes(1), () => undefined);
  await timeline.run(epochMs(BEGINNING + minutes(1)), () => false);
  start = timeline.now;

  const { state } = cloud.inProcess.world;
  const bucket = new Map<string, Uint8Array>();
  const store = runStore(tables(client, DEPLOYMENT));
  const checks: Check[] = [
    taskRows(),
    heldCalls(),
    runs(),
    oneOfEach(state, DEPLOYMENT),
    foreign(state),
    secrets(),
    atRest({ runs: store, cloud: cloud.cloud, bucket, networks: workload.networks }),
  ];
  const fate = new Fate(faults);
  const effects: Effects = new Effects({
    deployment: DEPLOYMENT,
    tables: client,
    checks,
    now: () => timeline.now,
    violated,
    poke: (queue) => platform.poke(queue),
  });
  const services: Services = { deployment: DEPLOYMENT, cloud, tables: client, queues, bucket, effects };
  const sinceStart = () => durationMs(timeline.now - start);
  const platform = new Platform({ timeline, fate, sinceStart, note }, services, chance.fork('platform'));
  const put = (key: string, bytes: Uint8Array): void => {
    note(`somebody uploads ${key}`);
    bucket.set(key, bytes);
    platform.uploaded(key);
  };

  platform.start();
  for (const { at, key, text } of workload.uploads) timeline.after(at, () => put(key, new TextEncoder().encode(text)));
  const last = Math.max(...workload.uploads.map(({ at }) => at));
  const stopAtViolation = (): boolean => violations.length > 0;
  await timeline.run(epochMs(start + last + TROUBLED), stopAtViolation);
  fate.calmDown();
  note('faults stop');
  const thawed = timeline.now + THAW;
  const isQuiet = (): boolean => timeline.now >= thawed && platform.quiet;
  const settle = async (): Promise<void> => {
    const quiet = await timeline.run(epochMs(timeline.now + PATIENCE), () => stopAtViolation() || isQuiet());
    if (!quiet) violated({ check: 'quiet', what: `no rest within ${PATIENCE / 3_600_000} hours after the faults` });
  };
  await settle();
  let repeats = 0;
  for (const key of workload.networks) {
    if (stopAtViolation()) break;
    const bytes = bucket.get(key) ?? new Uint8Array();
    if (notLive(await store.readNetwork(topologyAt(bucket, key).name), bytes) === null) continue;
    repeats += 1;
    put(key, bytes);
    await settle();
  }
  for (const check of checks) {
    if (stopAtViolation()) break;
    const found = await check.atRest?.();
    if (found) violated({ check: check.name, what: found });
  }
  return {
    seed: settings.seed,
    workload: workload.name,
    faults,
    violations,
    digest: history.digest('hex'),
    invocations: platform.total,
    deadLetters: platform.deadLetters,
    repeats,
    virtualHours: (timeline.now - start) / 3_600_000,
    asked: fate.asked,
    passed: fate.passed,
  };
}
