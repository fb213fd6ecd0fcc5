import fc from 'fast-check';
import { EDGE_LIMIT } from '../../../shared/plan/edge-limit';
import { boundDegrees } from '../../../shared/plan/passes/bound-degrees';
import { reduceEdges } from '../../../shared/plan/passes/reduce-edges';
import { schedule, successorsOf } from '../../../shared/plan/passes/schedule';

/** For each task, everything that comes before it, the slow way. */
function ancestors(before: readonly (readonly number[])[]): Set<number>[] {
  const all: Set<number>[] = [];
  for (const list of before) all.push(new Set(list.flatMap((earlier) => [earlier, ...(all[earlier] ?? [])])));
  return all;
}

const union = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] =>
  a.map((list, task) => [...new Set([...list, ...(b[task] ?? [])])]);

/** Tasks 0 to n-1; each waits for some before it, and some lie on chains. */
const graphs = fc.integer({ min: 1, max: 40 }).chain((size) =>
  fc
    .record({
      before: fc.tuple(
        ...Array.from({ length: size }, (_, task) =>
          task === 0 ? fc.constant([]) : fc.uniqueArray(fc.nat(task - 1), { maxLength: 4 }),
        ),
      ),
      chainOf: fc.array(fc.subarray([0, 1, 2, 3]), { minLength: size, maxLength: size }),
    })
    .map(({ before, chainOf }) => {
      const chains = [0, 1, 2, 3].map((chain) => chainOf.flatMap((on, task) => (on.includes(chain) ? [task] : [])));
      const links = before.map((list): number[] => [...list]);
      for (const chain of chains) {
        chain.slice(1).forEach((task, index) => {
          links[task]?.push(chain[index] as number);
        });
      }
      return { before: links.map((list) => [...new Set(list)]), chains };
    }),
);

test('the reduction keeps every consequence, and none of its edges can be left out', () => {
  fc.assert(
    fc.property(graphs, ({ before, chains }) => {
      const edges = reduceEdges(before, chains);
      const implied = ancestors(edges);
      expect(implied).toEqual(ancestors(before));
      edges.forEach((list) => {
        for (const edge of list) {
          const others = list.filter((other) => other !== edge);
          expect(others.some((other) => implied[other]?.has(edge))).toBe(false);
        }
      });
    }),
  );
});

test('however many tasks free or wait for one, degrees are bounded and nothing is lost', () => {
  const crowds = fc
    .record({
      crowd: fc.integer({ min: 1, max: 150 }),
      others: fc.integer({ min: 1, max: 150 }),
      both: fc.boolean(),
    })
    // One that frees a crowd, a crowd that one waits for, with or without the first in between.
    .map(({ crowd, others, both }) => {
      const freed = Array.from({ length: crowd }, () => [0]);
      const free = Array.from({ length: others }, (): number[] => []);
      const everyone = [...Array.from({ length: crowd + others }, (_, index) => index + 1)];
      return [[], ...freed, ...free, ...(both ? [everyone] : [])];
    });
  fc.assert(
    fc.property(crowds, (before) => {
      const added = boundDegrees(reduceEdges(before, []));
      const bounded = reduceEdges(union(before, added), []);
      const frees = successorsOf(bounded).map((list) => list.length);
      expect(Math.max(...bounded.map((list) => list.length), ...frees)).toBeLessThanOrEqual(EDGE_LIMIT);
      expect(frees.filter((count) => count === 0).length).toBeLessThanOrEqual(EDGE_LIMIT);
      const implied = ancestors(bounded);
      before.forEach((list, task) => {
        for (const earlier of list) expect(implied[task]?.has(earlier)).toBe(true);
      });
    }),
    { numRuns: 40 },
  );
});

test('a schedule respects what comes before, has one write at a time in a container, and never idles without cause', () => {
  const scheduled = graphs.chain(({ before }) =>
    fc.record({
      before: fc.constant(before),
      containers: fc.array(fc.subarray([0, 1, 2]), { minLength: before.length, maxLength: before.length }),
      seconds: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: before.length, maxLength: before.length }),
    }),
  );
  fc.assert(
    fc.property(scheduled, ({ before, containers, seconds }) => {
      const starts = schedule({ before, containers, containerCount: 3, seconds });
      const end = (task: number) => (starts[task] ?? 0) + (seconds[task] ?? 0);
      before.forEach((list, task) => {
        for (const earlier of list) expect(starts[task]).toBeGreaterThanOrEqual(end(earlier));
      });
      for (const container of [0, 1, 2]) {
        const writes = before.flatMap((_, task) => (containers[task]?.includes(container) ? [task] : []));
        writes.sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
        writes.slice(1).forEach((task, index) => {
          expect(starts[task]).toBeGreaterThanOrEqual(end(writes[index] as number));
        });
      }
      // Whatever starts late starts when something that held it up ends.
      const ends = new Set(before.map((_, task) => end(task)));
      for (const start of starts) expect(start === 0 || ends.has(start)).toBe(true);
    }),
  );
});
