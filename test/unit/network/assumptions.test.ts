/** What the proof rests on, and what it does not. */
import type { Cidr } from '../../../shared/cidr';
import type { NetworkModel } from '../../../shared/network/model';
import { prove } from '../../../shared/network/prove';
import type { Topology } from '../../../shared/topology/topology';
import { exampleTopology, planned } from './example';

const behindCustomTable = (...vSwitches: string[]): Topology => {
  const topology = exampleTopology();
  for (const vSwitch of topology.vpcs.flatMap((vpc) => vpc.vSwitches))
    if (vSwitches.includes(vSwitch.id)) vSwitch.routeTable = 'vtb-custom';
  return topology;
};

const dropFromSystemTable = (model: NetworkModel, ...destinations: string[]): void => {
  const system = model.vpcs[0]!.tables.find(({ kind }) => kind === 'system')!;
  system.routes = system.routes.filter(({ destination }) => !destinations.includes(destination));
};

test('a custom table that says what the system table says rests on no assumption', () => {
  const topology = behindCustomTable('vsw-va-a', 'vsw-va-b');
  const proof = prove(topology, planned(topology));
  expect(proof.summary.sitePairs).toEqual({ total: 30, reachable: 30, assumed: 0 });
});

test.each([
  {
    assumption: 'gateway-table',
    reason: 'only the custom table of the gateway’s vSwitches leads to the far VPC',
    missing: ['172.16.10.0/24', '172.16.11.0/24'],
    pair: ['office-1', 'shanghai'],
    assumed: 4,
  },
  {
    assumption: 'attachment-table',
    reason: 'only the custom table of the attachment’s vSwitches leads to the office',
    missing: ['10.10.10.0/24'],
    pair: ['shanghai', 'office-1'],
    assumed: 6,
  },
])('$assumption: $reason', ({ assumption, missing, pair: [from, to], assumed }) => {
  const topology = behindCustomTable('vsw-va-a', 'vsw-va-b');
  const model = planned(topology);
  dropFromSystemTable(model, ...missing);
  const proof = prove(topology, model);
  expect(proof.pairs.find((it) => it.from === from && it.to === to)).toMatchObject({
    verdict: 'assumed',
    reachable: true,
    blockedAt: null,
    assumptions: ['offices-run-their-packs', assumption],
  });
  expect(proof.summary.sitePairs).toEqual({ total: 30, reachable: 30, assumed });
  expect(proof.assumptions.map(({ id }) => id)).toEqual(['offices-run-their-packs', assumption]);
  expect(proof.ok).toBe(true);
});

test('two zones whose tables differ must both carry the packet', () => {
  const topology = behindCustomTable('vsw-va-b');
  const model = planned(topology);
  const custom = model.vpcs[0]!.tables.find(({ id }) => id === 'vtb-custom')!;
  custom.routes = custom.routes.filter(({ destination }) => destination !== ('172.16.10.0/24' as Cidr));
  const pair = prove(topology, model).pairs.find(({ from, to }) => from === 'office-1' && to === 'shanghai');
  expect(pair).toMatchObject({ verdict: 'blocked', blockedAt: 'table vtb-custom of vpc virginia' });
});

test('a vSwitch with a table of its own that nothing of the network stands in is nobody’s address', () => {
  const topology = exampleTopology();
  topology.vpcs[0]!.vSwitches.push({
    id: 'vsw-va-lab',
    zone: 'us-east-1a',
    cidr: '192.168.99.0/24' as Cidr,
    routeTable: 'vtb-lab',
  });
  const model = planned(topology);
  model.vpcs[0]!.tables.find(({ id }) => id === 'vtb-lab')!.routes = [];
  expect(prove(topology, model).summary.sitePairs.reachable).toBe(30);
});
