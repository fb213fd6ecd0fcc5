/**
 * What goes wrong in a history, as a list of values that is drawn from the seed before anything happens, printed first,
 * and shrunk when it finds something. A fault names its moment by a count (the 17th question to the store), so that
 * the list alone, with the seed, is the history.
 */
import { type DurationMs, durationMs, minutes, seconds } from '../../shared/clock';
import { CRASH_POINTS, type CrashPoint } from '../../shared/engine/crash-points';
import type { Chance } from './chance';

export const SERVICES = ['store', 'queue', 'objects', 'cloud'] as const;
export type ServiceName = (typeof SERVICES)[number];

export type Fault =
  /**
   * The process dies: before its question is sent, or after it was served and before the answer came; or at a named
   * crash point. `forGood`: its trigger does not try again, and only the sweep can help. `again`: the next that is given
   * the same message dies at the same place.
   */
  | { kind: 'kill'; service: ServiceName; nth: number; when: 'before' | 'after'; forGood: boolean; again?: true }
  | { kind: 'die'; point: CrashPoint; nth: number; forGood: boolean; again?: true }
  /** `refused`: an error, nothing happened. `lost`: it happened, and no answer came. `denied`: it happened, and the answer is an error. */
  | { kind: 'trouble'; service: ServiceName; nth: number; how: 'refused' | 'lost' | 'denied' }
  /** An answer of the cloud's: try later, or another change is under way. */
  | { kind: 'cloud-says'; nth: number; code: 'Throttling.User' | 'OperationConflict' | 'ServiceUnavailable' }
  /** A read shows the cloud as it was some time ago. */
  | { kind: 'stale'; nth: number; count: number; lag: DurationMs }
  /**
   * A change of the cloud is done, and whoever asked for it is killed, gets no answer or one that denies it; and for a
   * while no read shows it. `nth` counts changes only.
   */
  | { kind: 'unseen'; nth: number; how: 'killed' | 'lost' | 'denied'; duration: DurationMs }
  /**
   * Questions are long on their way, and the answers too: served late, and unheard where the socket has given up by then.
   * Enough of them in a row time a function out.
   */
  | { kind: 'slow'; service: ServiceName; nth: number; count: number; there: DurationMs; back: DurationMs }
  /** A change of the cloud is done, whoever asked for it dies, is not tried again, and the timer does not tick for a while. */
  | { kind: 'forsaken'; nth: number; duration: DurationMs }
  /** The process stands still for longer than its claim, and the platform does not end it. */
  | { kind: 'freeze'; service: ServiceName; nth: number; duration: DurationMs }
  | { kind: 'message-twice'; nth: number; later: DurationMs }
  | { kind: 'message-late'; nth: number; later: DurationMs }
  | { kind: 'message-lost'; nth: number }
  | { kind: 'outage'; service: ServiceName; from: DurationMs; duration: DurationMs }
  | { kind: 'no-sweep'; from: DurationMs; duration: DurationMs }
  /** Clocks of instances are off by up to so much, either way. */
  | { kind: 'skew'; most: DurationMs };

type Draw = (chance: Chance) => Fault;

/** How many questions a history has, about; a fault beyond its end changes nothing. */
const EXTENT: Readonly<Record<ServiceName, number>> = { store: 1_600, queue: 180, objects: 24, cloud: 300 };
const MESSAGES = 260;
const CHANGES = 70;
/** Settings allow a minute between any two clocks. */
const MOST_SKEW = seconds(30);
/** Below what reads may lag (`readSettle`). */
const MOST_LAG = seconds(50);

/** Recovery and tickets are no part of a history. */
const POINTS = (Object.keys(CRASH_POINTS) as CrashPoint[]).filter(
  (point) => !/^(recovery|submission|outbox)/.test(point),
);
/** A task's come by in every wake, the others once a run or a revision. */
const most = (point: CrashPoint): number => (point.startsWith('task/') ? 40 : 3);
/** Weighted towards where the writes are. */
const serviceOf = (chance: Chance): ServiceName =>
  chance.oneOf(['store', 'store', 'cloud', 'cloud', 'queue', 'objects']);
/** A start asks little and decides much: half of the draws crowd at the beginning. */
const within = (chance: Chance, most: number): number =>
  chance.happens(0.5) ? chance.between(1, most) : Math.floor((most + 1) ** chance.unit());
const nthOf = (chance: Chance, service: ServiceName): number => within(chance, EXTENT[service]);
/** At the same moment, at once, soon, or hours late. */
const delay = (chance: Chance): DurationMs =>
  durationMs(
    chance.oneOf([
      () => chance.between(0, 25),
      () => chance.between(0, 1_500),
      () => chance.between(0, 30_000),
      () => chance.between(60_000, 4 * 3_600_000),
    ])(),
  );

const kill: Draw = (chance) => {
  const service = serviceOf(chance);
  const when = chance.oneOf(['before', 'after'] as const);
  return { kind: 'kill', service, nth: nthOf(chance, service), when, forGood: chance.happens(0.3) };
};

const die: Draw = (chance) => {
  const point = chance.oneOf(POINTS);
  return { kind: 'die', point, nth: within(chance, most(point)), forGood: chance.happens(0.5) };
};

const trouble: Draw = (chance) => {
  const service = serviceOf(chance);
  return {
    kind: 'trouble',
    service,
    nth: nthOf(chance, service),
    how: chance.oneOf(['refused', 'lost', 'denied'] as const),
  };
};

const stale = (chance: Chance, nth: number): Fault => ({
  kind: 'stale',
  nth,
  count: chance.between(1, 40),
  lag: durationMs(chance.between(1_000, MOST_LAG)),
});

/** What a create is retried wrongly by. */
const unseen: Draw = (chance) => ({
  kind: 'unseen',
  nth: within(chance, CHANGES),
  how: chance.oneOf(['killed', 'lost', 'denied'] as const),
  duration: durationMs(chance.between(20_000, MOST_LAG)),
});

/** Long enough for another to take over, and short enough to find it at work; or longer than it all. */
const freeze: Draw = (chance) => {
  const service = chance.oneOf(['cloud', serviceOf(chance)] as const);
  const duration = durationMs(chance.between(minutes(2), minutes(chance.oneOf([5, 20]))));
  return { kind: 'freeze', service, nth: nthOf(chance, service), duration };
};

const slow: Draw = (chance) => {
  const service = serviceOf(chance);
  return {
    kind: 'slow',
    service,
    nth: nthOf(chance, service),
    count: chance.oneOf([1, 3, 20]),
    // A socket gives up after ten seconds; what has not come by then never does.
    there: durationMs(chance.between(500, 9_500)),
    back: durationMs(chance.between(0, 9_900)),
  };
};

/** Until a token may be forgotten, and the deadline is near. */
const forsaken: Draw = (chance) => ({
  kind: 'forsaken',
  nth: within(chance, CHANGES),
  duration: durationMs(chance.between(minutes(6), minutes(25))),
});

const outage: Draw = (chance) => ({
  kind: 'outage',
  service: chance.oneOf(SERVICES),
  from: durationMs(chance.between(0, minutes(20))),
  duration: durationMs(chance.between(seconds(20), minutes(10))),
});

const noSweep: Draw = (chance) => ({
  kind: 'no-sweep',
  from: durationMs(chance.between(0, minutes(20))),
  duration: durationMs(chance.between(minutes(5), minutes(60))),
});

const DRAWS: readonly (readonly [weight: number, draw: Draw])[] = [
  [6, kill],
  [6, die],
  [5, trouble],
  [
    3,
    (chance) => ({
      kind: 'cloud-says',
      nth: nthOf(chance, 'cloud'),
      code: chance.oneOf(['Throttling.User', 'OperationConflict', 'ServiceUnavailable'] as const),
    }),
  ],
  [2, (chance) => stale(chance, nthOf(chance, 'cloud'))],
  [4, unseen],
  [4, freeze],
  [2, slow],
  [1, forsaken],
  [4, (chance) => ({ kind: 'message-twice', nth: within(chance, MESSAGES), later: delay(chance) })],
  [2, (chance) => ({ kind: 'message-late', nth: within(chance, MESSAGES), later: delay(chance) })],
  [3, (chance) => ({ kind: 'message-lost', nth: within(chance, MESSAGES) })],
  [1, outage],
  [1, noSweep],
  [1, (chance) => ({ kind: 'skew', most: durationMs(chance.between(1_000, MOST_SKEW)) })],
];

/** From a single fault to a storm of sixty. */
export function drawFaults(chance: Chance): Fault[] {
  const count = Math.round(60 ** chance.unit());
  const bag = DRAWS.flatMap(([weight, draw]) => Array.from({ length: weight }, () => draw));
  return Array.from({ length: count }, () => chance.oneOf(bag)(chance));
}

export const describeFault = (fault: Fault): string =>
  Object.entries(fault)
    .map(([name, value]) => (name === 'kind' ? String(value) : `${name}=${value}`))
    .join(' ');
