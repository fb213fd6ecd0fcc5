/**
 * The crash table: in each story one death at each crash point each time it is passed, one before and one after each call
 * that changes the cloud, or each call at all; and of some of them another death at the same place, of whoever is given the same message next.
 */
import type { CrashPoint } from '../../shared/engine/crash-points';
import { chanceOf } from './chance';
import type { Fault } from './faults';
import { A_DEATH } from './play';
import { type History, simulate } from './simulate';
import type { Story } from './stories';
import type { Materials } from './workloads/workload';

/** A death or two fail no run: nobody has to upload anything again. */
export async function runCase(materials: Materials, { workload }: Story, faults: readonly Fault[]): Promise<History> {
  const seed = `crash-table/${workload.name}`;
  const history = await simulate({ seed, materials, faults, workload, pace: A_DEATH });
  if (history.repeats > 0) history.violations.push({ check: 'crash-table', what: 'a death failed the run' });
  return history;
}

type Death = Extract<Fault, { kind: 'die' | 'kill' }>;

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

export async function crashCases(materials: Materials, story: Story): Promise<Fault[][]> {
  const whole = await undisturbed(materials, story);
  const calls = upTo(whole.asked.cloud).filter((nth) => story.reads || whole.writes.has(nth));
  const die = (point: CrashPoint, nth: number): Death => ({ kind: 'die', point, nth, forGood: false });
  const kill = (nth: number, when: 'before' | 'after'): Death => {
    return { kind: 'kill', service: 'cloud', nth, when, forGood: false };
  };
  const deaths = [
    ...[...whole.passed].flatMap(([point, times]) => upTo(times).map((nth) => die(point, nth))),
    ...calls.flatMap((nth) => [kill(nth, 'before'), kill(nth, 'after')]),
  ];
  const chance = chanceOf(`crash-table/${story.workload.name}/pairs`);
  const twice = Array.from({ length: story.twice }, (): Death => ({ ...chance.oneOf(deaths), again: true }));
  return [...deaths, ...twice].map((death) => [death]);
}

async function undisturbed(materials: Materials, story: Story): Promise<History> {
  const history = await runCase(materials, story, []);
  if (history.violations.length > 0) throw new Error(`without a fault: ${JSON.stringify(history.violations)}`);
  return history;
}
