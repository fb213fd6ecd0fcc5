/**
 * The crash table: the example built, and built and taken down, in both editions; in each one death at each crash point
 * each time it is passed, one before and one after each call to the cloud; and of some of them another death at the same
 * place, of whoever is given the same message next.
 */
import type { CrashPoint } from '../../shared/engine/crash-points';
import { chanceOf } from './chance';
import type { Fault } from './faults';
import { type History, simulate } from './simulate';
import { downAgain, onlyNetwork } from './workloads/draw-workload';
import type { Materials, Workload } from './workloads/workload';

const BUILT = {
  'transit-router': null,
  basic: null,
  'transit-router-down': 'transit-router',
  'basic-down': 'basic',
} as const;

export type Story = keyof typeof BUILT;

const workloadOf = (materials: Materials, story: Story): Workload => {
  switch (story) {
    case 'transit-router':
    case 'basic':
      return onlyNetwork(materials, story);
    case 'transit-router-down':
      return downAgain(materials, 'transit-router');
    case 'basic-down':
      return downAgain(materials, 'basic');
  }
};

/** A death or two fail no run: nobody has to upload anything again. */
export async function runCase(materials: Materials, story: Story, faults: readonly Fault[]): Promise<History> {
  const workload = workloadOf(materials, story);
  // A story that goes on from another one is that one up to there, to the call.
  const seed = `crash-table/${BUILT[story] ?? story}`;
  const history = await simulate({ seed, materials, faults, workload });
  if (history.repeats > 0) history.violations.push({ check: 'crash-table', what: 'a death failed the run' });
  return history;
}

/** Of all places, as many are died at twice. */
const PAIRS = 150;

type Death = Extract<Fault, { kind: 'die' | 'kill' }>;

export async function crashCases(materials: Materials, story: Story): Promise<Fault[][]> {
  const built = BUILT[story];
  const before = built === null ? null : await undisturbed(materials, built);
  const whole = await undisturbed(materials, story);
  /** From behind what the story that it goes on from has passed. */
  const from = (passed: number, at: number) => Array.from({ length: at - passed }, (_, index) => passed + index + 1);
  const die = (point: CrashPoint, nth: number): Death => ({ kind: 'die', point, nth, forGood: false });
  const kill = (nth: number, when: 'before' | 'after'): Death => {
    return { kind: 'kill', service: 'cloud', nth, when, forGood: false };
  };
  const deaths = [
    ...[...whole.passed].flatMap(([point, times]) =>
      from(before?.passed.get(point) ?? 0, times).map((nth) => die(point, nth)),
    ),
    ...from(before?.asked.cloud ?? 0, whole.asked.cloud).flatMap((nth) => [kill(nth, 'before'), kill(nth, 'after')]),
  ];
  const chance = chanceOf(`crash-table/${story}/pairs`);
  const twice = Array.from({ length: PAIRS }, (): Death => ({ ...chance.oneOf(deaths), again: true }));
  return [...deaths, ...twice].map((death) => [death]);
}

async function undisturbed(materials: Materials, story: Story): Promise<History> {
  const history = await runCase(materials, story, []);
  if (history.violations.length > 0) throw new Error(`without a fault: ${JSON.stringify(history.violations)}`);
  return history;
}
