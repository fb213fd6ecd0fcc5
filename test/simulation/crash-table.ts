/**
 * The crash table of the example: one death at each crash point each time it is passed, one before and one after each
 * call to the cloud; and pairs of deaths at the same place of the try and of its retry.
 */
import type { CrashPoint } from '../../shared/engine/crash-points';
import { chanceOf } from './chance';
import type { Fault } from './faults';
import { type History, simulate } from './simulate';
import { onlyNetwork } from './workloads/draw-workload';
import type { Materials } from './workloads/workload';

export type Edition = 'transit-router' | 'basic';

/** A death or two fail no run: nobody has to upload anything again. */
export async function runCase(materials: Materials, edition: Edition, faults: readonly Fault[]): Promise<History> {
  const workload = onlyNetwork(materials, edition);
  const history = await simulate({ seed: `crash-table/${edition}`, materials, faults, workload });
  if (history.repeats > 0) history.violations.push({ check: 'crash-table', what: 'a death failed the run' });
  return history;
}

/** Of all pairs, so many. */
const PAIRS = 150;

export async function crashCases(materials: Materials, edition: Edition): Promise<Fault[][]> {
  const { asked, passed, violations } = await runCase(materials, edition, []);
  if (violations.length > 0) throw new Error(`without a fault: ${JSON.stringify(violations)}`);
  const deaths = (at: number) => Array.from({ length: at }, (_, index) => index + 1);
  const die = (point: CrashPoint, nth: number): Fault => ({ kind: 'die', point, nth, forGood: false });
  const kill = (nth: number, when: 'before' | 'after'): Fault => ({
    kind: 'kill',
    service: 'cloud',
    nth,
    when,
    forGood: false,
  });
  const singles = [
    ...[...passed].flatMap(([point, times]) => deaths(times).map((nth) => [die(point, nth)])),
    ...deaths(asked.cloud).flatMap((nth) => [[kill(nth, 'before')], [kill(nth, 'after')]]),
  ];
  const chance = chanceOf(`crash-table/${edition}/pairs`);
  const pairs = Array.from({ length: PAIRS }, () => again(chance.oneOf(singles)[0] as Fault, chance.between(1, 3)));
  return [...singles, ...pairs];
}

/** The same place once more: the retry comes by it as one of the next. */
function again(fault: Fault, later: number): Fault[] {
  if (fault.kind !== 'die' && fault.kind !== 'kill') return [fault];
  return [fault, { ...fault, nth: fault.nth + later }];
}
