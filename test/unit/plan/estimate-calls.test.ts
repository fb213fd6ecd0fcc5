import { createPlan } from '../../../shared/plan/create-plan';
import { estimateCalls } from '../../../shared/plan/estimate-calls';
import type { Topology } from '../../../shared/topology/topology';
import { recordsAfter } from './records';
import { example } from './topologies';

const first = (topology: Topology) => createPlan({ topology, revision: 1, base: null, recorded: [] });
const next = (topology: Topology) =>
  createPlan({ topology, revision: 2, base: 1, recorded: recordsAfter(first(example())) });

test('the scenario costs 194 calls, most of them for its routes and tunnels', () => {
  expect(estimateCalls(first(example()))).toEqual({
    total: 194,
    byKind: {
      'vpn-gateway': 24,
      'customer-gateway': 12,
      // Three are made, the fourth is only read.
      'pre-shared-key': 11,
      'vpn-connection': 32,
      'vpn-route': 24,
      'cen-route': 20,
      cen: 3,
      'transit-router': 8,
      'vpc-attachment': 16,
      'peer-attachment': 6,
      'route-table-association': 16,
      'route-table-propagation': 16,
      'security-group-rules': 6,
    },
  });
});

test('what is kept costs nothing', () => {
  expect(estimateCalls(next(example()))).toEqual({ total: 0, byKind: {} });
});

test('a removal costs three calls, a replacement these and the making', () => {
  const topology = example();
  topology.vpcs[1]!.gateway.bandwidthMbps = 200;
  topology.offices.splice(2, 1);
  topology.access.rules = topology.access.rules.filter((rule) => rule.from !== 'office-3');
  expect(estimateCalls(next(topology)).byKind).toEqual({
    'customer-gateway': 3,
    'pre-shared-key': 3,
    'vpn-gateway': 3 + 12,
    // One removed, one replaced.
    'vpn-connection': 3 + 3 + 8,
    'vpn-route': 3 + 3 + 6,
    'cen-route': 3 + 3 + 5,
    'security-group-rules': 3,
  });
});

test('rules go to a group a hundred a call', () => {
  const topology = example();
  const ports = Array.from({ length: 101 }, (_, index) => ({
    protocol: 'tcp' as const,
    first: 2 * index + 1,
    last: 2 * index + 1,
  }));
  topology.access.rules = [{ from: 'office-1', to: 'virginia.orders', ports }];
  expect(estimateCalls(first(topology)).byKind['security-group-rules']).toBe(2 + 2);
});
