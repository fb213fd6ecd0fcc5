import fc from 'fast-check';
import { type Cidr, rangeOf } from '../../../shared/cidr';
import { createCarrier, hopsOf } from '../../../shared/network/carry';
import { compileFabric } from '../../../shared/network/fabric';
import { prove } from '../../../shared/network/prove';
import type { Topology } from '../../../shared/topology/topology';
import { arbitraryNetwork, type Network } from './arbitrary-network';
import { naiveNetwork, type Outcome } from './naive-network';
import { spoiledNetwork } from './spoiled-network';

const addresses = (blocks: readonly Cidr[]): number[] =>
  blocks.flatMap((block) => {
    const { first, last } = rangeOf(block);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });

const sitesOf = (topology: Topology) => [
  ...topology.vpcs.map(({ name, vSwitches }) => ({ name, addresses: addresses(vSwitches.map(({ cidr }) => cidr)) })),
  ...topology.offices.map(({ name, cidrs }) => ({ name, addresses: addresses(cidrs) })),
];

const RANK: Record<Outcome, number> = { reachable: 0, starved: 1, blocked: 2 };

/** The first pair on which the proof and the oracle differ, as text; null where they agree on all. */
function disagreement({ topology, model }: Network, seen: Set<Outcome>): string | null {
  const oracle = naiveNetwork(model);
  const sites = sitesOf(topology);
  for (const pair of prove(topology, model).pairs) {
    const [from, to] = [pair.from, pair.to].map((name) => sites.find((site) => site.name === name));
    const outcomes = (from?.addresses ?? []).flatMap((source) =>
      (to?.addresses ?? []).map((address) => oracle(pair.from, source, pair.to, address)),
    );
    const worst = outcomes.reduce((a, b) => (RANK[b] > RANK[a] ? b : a));
    const verdict = pair.verdict === 'assumed' ? 'reachable' : pair.verdict;
    seen.add(worst);
    if (verdict !== worst) return `${pair.from} → ${pair.to}: proof ${verdict}, oracle ${worst}`;
  }
  return null;
}

test.each([
  { networks: 'networks with anything in their tables', arbitrary: arbitraryNetwork, numRuns: 60, of: ['blocked'] },
  {
    networks: 'planned networks, spoiled in up to three places',
    arbitrary: spoiledNetwork,
    numRuns: 80,
    of: ['blocked', 'reachable', 'starved'],
  },
])('the verdict is that of the worst address, each carried alone by the oracle: $networks', (testCase) => {
  const seen = new Set<Outcome>();
  fc.assert(
    fc.property(testCase.arbitrary, (network) => {
      expect(disagreement(network, seen)).toBeNull();
    }),
    { numRuns: testCase.numRuns },
  );
  expect([...seen]).toEqual(expect.arrayContaining(testCase.of));
});

test('every packet’s way ends, within bounds', () => {
  fc.assert(
    fc.property(arbitraryNetwork, ({ model }) => {
      const fabric = compileFabric(model);
      const carrier = createCarrier(fabric);
      let longest = 0;
      for (const site of [...model.vpcs, ...model.offices])
        for (let source = 0; source < fabric.space.starts.length; source += 5)
          for (let destination = 0; destination < fabric.space.starts.length; destination += 1) {
            const way = carrier.from(site.name, source, destination);
            longest = Math.max(longest, way.length, hopsOf(way).length);
          }
      expect(longest).toBeGreaterThan(0);
      expect(longest).toBeLessThanOrEqual(64);
    }),
    { numRuns: 60 },
  );
});

test('what is blocked says where, why and what to do; what is not says nothing', () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryNetwork, spoiledNetwork), ({ topology, model }) => {
      for (const pair of prove(topology, model).pairs) {
        const told = [pair.blockedAt, pair.cause, pair.remedy].filter(Boolean).length;
        expect(told).toBe(pair.reachable ? 0 : 3);
        if (pair.verdict === 'blocked') expect(pair.path.at(-1)).toContain(pair.blockedAt);
      }
    }),
    { numRuns: 100 },
  );
});
