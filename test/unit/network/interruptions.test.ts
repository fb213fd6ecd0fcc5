import { readFileSync } from 'node:fs';
import type { Cidr, Ipv4 } from '../../../shared/cidr';
import { interruptionsOf } from '../../../shared/network/interruptions';
import { createPlan } from '../../../shared/plan/create-plan';
import { statesOf } from '../../../shared/plan/states';
import { parseTopology } from '../../../shared/topology/parse-topology';
import type { Topology } from '../../../shared/topology/topology';
import { recordsAfter } from '../plan/records';
import { office } from '../plan/topologies';

const EXAMPLE = readFileSync('examples/global-network.yaml');
const example = (): Topology => parseTopology(EXAMPLE, 'example.yaml').topology!;

/** Names of pairs, each once, whatever the port. */
function interrupted(change: (topology: Topology) => void): string[] {
  const [before, after] = [example(), example()];
  change(after);
  const recorded = recordsAfter(createPlan({ topology: before, revision: 1, base: null, recorded: [] }));
  const plan = createPlan({ topology: after, revision: 2, base: 1, recorded });
  const found = interruptionsOf({ before, after, states: statesOf(plan, recorded) });
  return [...new Set(found.filter(({ port }) => port === null).map(({ from, to }) => `${from} ${to}`))];
}

const SITES = ['virginia', 'shanghai', 'office-1', 'office-2', 'office-3', 'office-4'];
/** All pairs that one of these is an end of. */
const withOneOf = (...ends: string[]): string[] =>
  SITES.flatMap((from) => SITES.filter((to) => to !== from).map((to) => [from, to] as const))
    .filter((pair) => pair.some((end) => ends.includes(end)))
    .map((pair) => pair.join(' '));

test.each<[reason: string, change: (topology: Topology) => void, expected: string[]]>([
  ['nothing changes', () => {}, []],
  [
    'one office more',
    ({ offices }) => {
      offices.push(office('office-5', 'virginia', '203.0.113.15', '10.10.50.0/24'));
    },
    [],
  ],
  [
    'one office less: what was asked for is no interruption',
    ({ offices, access, tests }) => {
      offices.pop();
      access.rules = access.rules.filter(({ from, to }) => from !== 'office-4' && to !== 'office-4');
      tests.length = 0;
    },
    [],
  ],
  [
    "a link's bandwidth",
    ({ backbone }) => {
      backbone.links[0]!.bandwidthMbps = 20;
    },
    [],
  ],
  [
    'other algorithms, which each tunnel is given while the other one is up',
    ({ tunnel }) => {
      tunnel.encryption = 'aes192';
    },
    [],
  ],
  [
    "other selectors: both tunnels are down until the office's device has them",
    ({ offices }) => {
      offices[0]!.selectors = { cloudSide: ['0.0.0.0/0' as Cidr], officeSide: ['0.0.0.0/0' as Cidr] };
    },
    withOneOf('office-1'),
  ],
  [
    'an office with another address and another key, given to one tunnel while the other one is up',
    ({ offices }) => {
      offices[0]!.address = '203.0.113.99' as Ipv4;
      offices[0]!.presharedKeySecret = 'acme/new';
    },
    [],
  ],
  [
    "a gateway made anew takes its VPC's offices with it, and nobody else",
    ({ vpcs }) => {
      vpcs[1]!.gateway.bandwidthMbps = 200;
    },
    withOneOf('office-3', 'office-4'),
  ],
])('%s', (_reason, change, expected) => {
  expect(interrupted(change).sort()).toEqual(expected.sort());
});
