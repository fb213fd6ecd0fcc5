/**
 * One history: a workload, under the faults drawn from the seed, to its end. The same seed gives the same history, to
 * the byte; its digest says so.
 */
import type { CrashPoint } from '../../shared/engine/crash-points';
import { chanceOf } from './chance';
import type { Violation } from './checks/check';
import { describeFault, drawFaults, type Fault, type ServiceName } from './faults';
import { HistoryRecord } from './history-record';
import { checkAtRest, type Pace, playTroubled, repeatWhatFailed, STORM, settle } from './play';
import { setStage } from './stage';
import { standingOf } from './standing';
import { drawWorkload } from './workloads/draw-workload';
import type { Materials, Workload } from './workloads/workload';

export interface Settings {
  seed: string;
  materials: Materials;
  /** Instead of those drawn from the seed. */
  faults?: readonly Fault[];
  workload?: Workload;
  /** Instead of any workload, one of this name. */
  only?: string;
  pace?: Pace;
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
  /** Of the calls to the cloud, those that changed something. */
  writes: ReadonlySet<number>;
  passed: ReadonlyMap<CrashPoint, number>;
  /** Kinds of the faults that disturbed something, one for each. */
  struck: Fault['kind'][];
  /** Deaths at the place where another had died of the same message. */
  deathsAgain: number;
}

export async function simulate(settings: Settings): Promise<History> {
  const chance = chanceOf(settings.seed);
  const workload =
    settings.workload ?? drawWorkload(chance.fork('workload'), settings.materials, settings.only ?? null);
  const faults = settings.faults ?? drawFaults(chance.fork('faults'));
  const pace = settings.pace ?? STORM;
  const standing = await standingOf(workload);
  const record = new HistoryRecord(settings.hear);
  for (const fault of faults) record.note(`fault: ${describeFault(fault)}`);
  for (const violation of standing?.violations ?? []) record.violated(violation);
  const stage = await setStage({ workload, faults, chance, record, standing });
  await playTroubled(stage, pace);
  await settle(stage, pace);
  const repeats = await repeatWhatFailed(stage, pace);
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
    writes: fate.writes,
    passed: fate.passed,
    struck: [...fate.struck].map(({ kind }) => kind),
    deathsAgain: fate.deathsAgain,
  };
}
