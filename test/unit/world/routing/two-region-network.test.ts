/** The network of two regions: what stands in every table, and which flag takes which route away. */
import { synchronisedEntries } from '../../../../local/world/routing/derived-routes';
import {
  ROUTE_ENTRIES,
  ROUTE_TABLES,
  type RouteEntryRecord,
  type RouteTableRecord,
} from '../../../../local/world/vpc/records';
import { type Network, publication, twoRegionNetwork } from '../cbn/two-region-network';

const vpcTable = (network: Network, tableId: string): string[] =>
  synchronisedEntries(network.state, tableId).map(({ destination }) => destination);

const OWN_1 = ['10.10.10.0/24 → vpc-1', '192.168.10.0/24 → vpc-1', '192.168.11.0/24 → vpc-1'];
const OWN_2 = ['10.20.10.0/24 → vpc-2', '172.16.10.0/24 → vpc-2', '172.16.11.0/24 → vpc-2'];
const FAR_2 = ['10.20.10.0/24 → peer', '172.16.10.0/24 → peer', '172.16.11.0/24 → peer'];
const LEARNED_1 = ['10.20.10.0/24', '172.16.10.0/24', '172.16.11.0/24'];
const LEARNED_2 = ['10.10.10.0/24', '192.168.10.0/24', '192.168.11.0/24'];

test('each router knows its own VPC and, through the peer attachment, the far one', () => {
  const network = twoRegionNetwork();
  expect(network.routerTable(0)).toEqual([
    '10.10.10.0/24 → vpc-1',
    '10.20.10.0/24 → peer',
    '172.16.10.0/24 → peer',
    '172.16.11.0/24 → peer',
    '192.168.10.0/24 → vpc-1',
    '192.168.11.0/24 → vpc-1',
  ]);
  expect(network.routerTable(1)).toEqual([
    '10.10.10.0/24 → peer',
    '10.20.10.0/24 → vpc-2',
    '172.16.10.0/24 → vpc-2',
    '172.16.11.0/24 → vpc-2',
    '192.168.10.0/24 → peer',
    '192.168.11.0/24 → peer',
  ]);
});

test('a synchronised VPC holds what the far side has, and nothing that leads back to itself', () => {
  const network = twoRegionNetwork();
  expect(synchronisedEntries(network.state, 'vtb-vpc-1')).toEqual(
    LEARNED_1.map((destination) => ({
      id: expect.stringMatching(/^rte-[0-9a-f]{22}$/),
      destination,
      nextHopType: 'Attachment',
      nextHopId: network.ids.attachments[0],
      nextHopRegion: null,
      type: 'Custom',
      status: 'Available',
      serviceType: 'TR',
      name: '',
      description: '',
    })),
  );
  expect(vpcTable(network, 'vtb-vpc-2')).toEqual(LEARNED_2);
  expect(vpcTable(network, 'vtb-vpc-1-custom')).toEqual(LEARNED_1);
});

interface Flip {
  what: string;
  reason: string;
  flip: (network: Network) => void;
  /** Tables after it; left out where unchanged. */
  router1?: string[];
  router2?: string[];
  vpc1?: string[];
  vpc2?: string[];
}

const peering = ({ ids }: Network, side: 0 | 1, attachment: 'vpc' | 'peer') => ({
  TransitRouterAttachmentId: attachment === 'vpc' ? ids.attachments[side] : ids.peer,
  TransitRouterRouteTableId: ids.tables[side],
});

const FLIPS: Flip[] = [
  {
    what: 'withdrawing the office’s route',
    reason: 'a route to a VPN gateway is told only while it is published',
    flip: (network) => network.settled('WithdrawPublishedRouteEntries', publication(network.ids.cen, 0)),
    router1: [...OWN_1.slice(1), ...FAR_2],
    router2: ['192.168.10.0/24 → peer', '192.168.11.0/24 → peer', ...OWN_2],
    vpc2: LEARNED_2.slice(1),
  },
  {
    what: 'deleting the office’s route in the VPC',
    reason: 'the publication goes with its route',
    flip: ({ state }) => state.delete(ROUTE_ENTRIES, 'rte-office-1'),
    router1: [...OWN_1.slice(1), ...FAR_2],
    router2: ['192.168.10.0/24 → peer', '192.168.11.0/24 → peer', ...OWN_2],
    vpc2: LEARNED_2.slice(1),
  },
  {
    what: 'the office’s route on its way out of the VPC',
    reason: 'a route that is being deleted is told no more',
    flip: ({ state }) =>
      state.put(ROUTE_ENTRIES, 'rte-office-1', {
        ...state.get<RouteEntryRecord>(ROUTE_ENTRIES, 'rte-office-1')!,
        status: 'Deleting',
      }),
    router1: [...OWN_1.slice(1), ...FAR_2],
    router2: ['192.168.10.0/24 → peer', '192.168.11.0/24 → peer', ...OWN_2],
    vpc2: LEARNED_2.slice(1),
  },
  {
    what: 'no propagation from VPC 1',
    reason: 'the first table learns nothing of it, and so has nothing to tell the peer',
    flip: (network) => network.settled('DisableTransitRouterRouteTablePropagation', peering(network, 0, 'vpc')),
    router1: FAR_2,
    router2: OWN_2,
    vpc2: [],
  },
  {
    what: 'no propagation from the peer on the first side',
    reason: 'the first side learns nothing of the second, which still learns of the first',
    flip: (network) => network.settled('DisableTransitRouterRouteTablePropagation', peering(network, 0, 'peer')),
    router1: OWN_1,
    vpc1: [],
  },
  {
    what: 'no propagation from the peer on the second side',
    reason: 'a peer attachment is made once but learned from on either router apart',
    flip: (network) => network.settled('DisableTransitRouterRouteTablePropagation', peering(network, 1, 'peer')),
    router2: OWN_2,
    vpc2: [],
  },
  {
    what: 'no association of VPC 1',
    reason: 'no table is synchronised into it; what it tells does not depend on it',
    flip: (network) => network.settled('DissociateTransitRouterAttachmentFromRouteTable', peering(network, 0, 'vpc')),
    vpc1: [],
  },
  {
    what: 'no association of the peer on the first side',
    reason: 'the table that is associated with the peer attachment is the one that is told to the far side',
    flip: (network) => network.settled('DissociateTransitRouterAttachmentFromRouteTable', peering(network, 0, 'peer')),
    router2: OWN_2,
    vpc2: [],
  },
  {
    what: 'the peer attachment not advertising',
    reason: 'neither side is told anything',
    flip: (network) =>
      network.settled('UpdateTransitRouterPeerAttachmentAttribute', {
        TransitRouterAttachmentId: network.ids.peer,
        AutoPublishRouteEnabled: false,
      }),
    router1: OWN_1,
    router2: OWN_2,
    vpc1: [],
    vpc2: [],
  },
  {
    what: 'VPC 1 not synchronised',
    reason: 'routes reach the router and the far VPC, but not VPC 1’s tables',
    flip: (network) =>
      network.settled('UpdateTransitRouterVpcAttachmentAttribute', {
        TransitRouterAttachmentId: network.ids.attachments[0],
        AutoPublishRouteEnabled: false,
      }),
    vpc1: [],
  },
  {
    what: 'the peer attachment deleted by force',
    reason: 'its associations and propagations go with it',
    flip: (network) =>
      network.settled('DeleteTransitRouterPeerAttachment', {
        TransitRouterAttachmentId: network.ids.peer,
        Force: true,
      }),
    router1: OWN_1,
    router2: OWN_2,
    vpc1: [],
    vpc2: [],
  },
];

const sorted = (entries: string[]): string[] => [...entries].sort();

test.each(FLIPS)('$what: $reason', ({ flip, router1, router2, vpc1, vpc2 }) => {
  const network = twoRegionNetwork();
  const before = { router1: network.routerTable(0), router2: network.routerTable(1) };
  flip(network);
  expect(sorted(network.routerTable(0))).toEqual(sorted(router1 ?? before.router1));
  expect(sorted(network.routerTable(1))).toEqual(sorted(router2 ?? before.router2));
  expect(vpcTable(network, 'vtb-vpc-1')).toEqual(vpc1 ?? LEARNED_1);
  expect(vpcTable(network, 'vtb-vpc-2')).toEqual(vpc2 ?? LEARNED_2);
});

test('a custom table that does not want learned routes has none, the system table is not asked', () => {
  const network = twoRegionNetwork();
  for (const id of ['vtb-vpc-1-custom', 'vtb-vpc-1']) {
    const table = network.state.get<RouteTableRecord>(ROUTE_TABLES, id)!;
    network.state.put(ROUTE_TABLES, id, { ...table, routePropagationEnable: false });
  }
  expect(vpcTable(network, 'vtb-vpc-1-custom')).toEqual([]);
  expect(vpcTable(network, 'vtb-vpc-1')).toEqual(LEARNED_1);
});

test('one destination asked for is one destination answered', () => {
  const network = twoRegionNetwork();
  expect(synchronisedEntries(network.state, 'vtb-vpc-1', '10.20.10.0/24')).toHaveLength(1);
  expect(synchronisedEntries(network.state, 'vtb-vpc-1', '10.10.10.0/24')).toEqual([]);
  expect(synchronisedEntries(network.state, 'vtb-unknown')).toEqual([]);
});

test('nothing changes while a withdrawal is under way, and everything once it is through', () => {
  const network = twoRegionNetwork();
  network.call('WithdrawPublishedRouteEntries', publication(network.ids.cen, 0));
  expect(network.routerTable(1)).toContain('10.10.10.0/24 → peer');
  network.wait(10);
  expect(network.routerTable(1)).not.toContain('10.10.10.0/24 → peer');
});
