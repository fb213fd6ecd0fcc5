/** A few histories of the simulation; `npm run simulate` runs hundreds, and hunts planted bugs. */

import { chanceOf } from '../../simulation/chance';
import { drawFaults, type Fault } from '../../simulation/faults';
import { KNOWN } from '../../simulation/known';
import { readMaterials } from '../../simulation/materials';
import { shrink } from '../../simulation/shrink';
import { type History, simulate } from '../../simulation/simulate';

jest.setTimeout(60_000);

const materials = readMaterials('examples');

/** Of these two seeds one history serves several tests. */
const histories: Record<string, Promise<History>> = {};
const historyOf = (seed: '1' | '2'): Promise<History> => {
  histories[seed] ??= simulate({ seed, materials });
  return histories[seed];
};

test.each(['1', '2'] as const)(
  'seed %s comes to rest with its networks proven and nothing made twice',
  async (seed) => {
    const history = await historyOf(seed);
    expect(history.violations).toEqual([]);
    expect(history.invocations).toBeGreaterThan(100);
  },
);

test('the same seed gives the same history, to the byte; another gives another', async () => {
  const again = await simulate({ seed: '1', materials });
  expect(again.digest).toBe((await historyOf('1')).digest);
  expect(again.digest).not.toBe((await historyOf('2')).digest);
});

test.each(KNOWN)('what was found stays mended: $was', async ({ workload, seed, faults }) => {
  const settings = { seed, materials, workload: workload(materials, 'transit-router'), faults };
  expect((await simulate(settings)).violations).toEqual([]);
});

test('faults are drawn before anything happens, from one to dozens', () => {
  const drawn = Array.from({ length: 200 }, (_, seed) => drawFaults(chanceOf(`${seed}`)));
  expect(drawFaults(chanceOf('0'))).toEqual(drawn[0]);
  expect(Math.min(...drawn.map(({ length }) => length))).toBe(1);
  expect(Math.max(...drawn.map(({ length }) => length))).toBeGreaterThan(40);
  const kinds = new Set(drawn.flat().map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual([
    'cloud-says',
    'die',
    'forsaken',
    'freeze',
    'kill',
    'message-late',
    'message-lost',
    'message-twice',
    'no-sweep',
    'outage',
    'skew',
    'slow',
    'stale',
    'trouble',
    'unseen',
  ]);
});

test('a violation is shrunk to the faults that it needs', async () => {
  // Beyond what the engine is told to expect: a read that lags by ten minutes.
  const tooStale = { kind: 'stale', nth: 80, count: 150, lag: 600_000 } as Fault;
  const others: Fault[] = drawFaults(chanceOf('harmless')).slice(0, 3);
  const settings = { seed: '1', materials, faults: [...others, tooStale] };
  const found = await simulate(settings);
  expect(found.violations).not.toEqual([]);
  const least = await shrink(settings, found);
  expect(least.faults).toEqual([tooStale]);
});
