import type { Cidr, Ipv4 } from '../../../shared/cidr';
import { carry, createCarrier, hopsOf } from '../../../shared/network/carry';
import { compileFabric } from '../../../shared/network/fabric';
import type { NetworkModel } from '../../../shared/network/model';
import { prove } from '../../../shared/network/prove';
import { everyRule, exampleTopology, office, planned } from './example';

const send = (model: NetworkModel, from: string, source: string, destination: string) =>
  carry(createCarrier(compileFabric(model)), { from, source: source as Ipv4, destination: destination as Ipv4 });

const example = (): NetworkModel => structuredClone(planned(exampleTopology()));

test('one packet is carried by its addresses', () => {
  const way = send(example(), 'office-1', '10.10.10.7', '172.16.11.9');
  expect(way.end).toEqual({ kind: 'vpc', name: 'shanghai' });
  expect(hopsOf(way).map(({ place }) => place)).toEqual([
    'office office-1',
    'routes of gateway vpn-gateway/virginia',
    'table system of vpc virginia',
    'table system of router transit-router/us-east-1',
    'table system of router transit-router/cn-shanghai',
    'table system of vpc shanghai',
  ]);
});

test.each<[string, [from: string, source: string, destination: string], (model: NetworkModel) => void, object]>([
  ['to an address of nobody', ['virginia', '192.168.10.1', '8.8.8.8'], () => {}, { kind: 'no-route' }],
  ['within the office itself', ['office-1', '10.10.10.1', '10.10.10.2'], () => {}, { kind: 'own-block' }],
  [
    'from an office without a connection',
    ['office-1', '10.10.10.1', '172.16.10.1'],
    ({ offices }) => {
      offices[0]!.connectionId = null;
    },
    { kind: 'no-tunnel' },
  ],
  [
    'from an address that no vSwitch holds',
    ['virginia', '192.168.99.1', '172.16.10.1'],
    () => {},
    { kind: 'dangling', what: expect.stringContaining('vSwitch for') },
  ],
  [
    'between two tables that send it to each other',
    ['shanghai', '172.16.10.1', '10.10.10.1'],
    ({ vpcs }) => {
      const route = vpcs[0]!.tables[0]!.routes.find(({ destination }) => destination === '10.10.10.0/24')!;
      route.nextHop = { kind: 'attachment', id: 'vpc-attachment/virginia' };
    },
    { kind: 'loop' },
  ],
  [
    'through two zones that lead to different places',
    ['office-1', '10.10.10.1', '10.20.10.1'],
    ({ vpcs }) => {
      const [virginia] = vpcs;
      virginia!.vSwitches[1]!.tableId = 'vtb-b';
      virginia!.tables.push({
        id: 'vtb-b',
        kind: 'custom',
        routes: [
          { destination: '10.20.10.0/24' as Cidr, nextHop: { kind: 'vpn-gateway', id: 'vpn-gateway/virginia' } },
        ],
      });
    },
    { kind: 'no-route' },
  ],
])('a packet %s is dropped', (_, [from, source, destination], change, reason) => {
  const model = example();
  change(model);
  expect(send(model, from, source, destination).end).toEqual({ kind: 'dropped', reason });
});

test('a site that the network does not hold sends nothing', () => {
  expect(send(example(), 'nowhere', '10.0.0.1', '10.0.0.2').end).toMatchObject({ kind: 'dropped' });
});

test('two hundred offices in one topology all reach each other', () => {
  const topology = exampleTopology();
  for (let index = 5; index <= 200; index += 1)
    topology.offices.push(
      office(`office-${index}`, index % 2 ? 'virginia' : 'shanghai', `198.51.101.${index}`, `10.40.${index}.0/24`),
    );
  topology.access.rules = everyRule(topology);
  const proof = prove(topology, planned(topology));
  expect(proof.summary.sitePairs).toEqual({ total: 202 * 201, reachable: 202 * 201, assumed: 0 });
  expect(proof.ok).toBe(true);
});
