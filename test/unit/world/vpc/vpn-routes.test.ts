import { VPN_POLICY_ROUTES, VPN_ROUTE_ENTRIES } from '../../../../local/world/vpc/records';
import type { JsonObject } from '../../../../shared/json';
import {
  activeGateway,
  connectionOf,
  type LocalVpn,
  list,
  localVpn,
  office,
  putSingleGateway,
  START,
} from './local-vpn';

const OFFICE = '10.10.10.0/24';

interface Ready extends LocalVpn {
  gateway: string;
  /** Two connections, to one office each. */
  connections: [string, string];
}

function ready(quotas: Record<string, number> = {}): Ready {
  const vpn = localVpn({ quotas });
  const gateway = activeGateway(vpn);
  const connections = ['203.0.113.10', '203.0.113.11'].map(
    (address) =>
      vpn.settled('CreateVpnConnection', connectionOf(gateway, office(vpn, address)))['VpnConnectionId'] as string,
  ) as [string, string];
  return { ...vpn, gateway, connections };
}

const route = (vpn: Ready, change: JsonObject = {}): JsonObject => ({
  VpnGatewayId: vpn.gateway,
  RouteDest: OFFICE,
  NextHop: vpn.connections[0],
  Weight: 100,
  PublishVpc: true,
  ...change,
});
const policy = (vpn: Ready, change: JsonObject = {}): JsonObject => ({
  ...route(vpn),
  RouteSource: '192.168.0.0/16',
  ...change,
});
/** Which one a deletion means. */
const named = ({ PublishVpc: _, ...which }: JsonObject): JsonObject => which;
const publication = (vpn: Ready, RouteType: 'dbr' | 'pbr', PublishVpc: boolean): JsonObject => ({
  VpnGatewayId: vpn.gateway,
  RouteDest: OFFICE,
  NextHop: vpn.connections[0],
  RouteType,
  PublishVpc,
});

/** `destination state` of each destination route. */
const destinations = (vpn: Ready): string[] =>
  list(vpn.call('DescribeVpnRouteEntries', { VpnGatewayId: vpn.gateway }), 'VpnRouteEntries', 'VpnRouteEntry').map(
    ({ RouteDest, State }) => `${RouteDest} ${State}`,
  );
/** `source destination state` of each policy route. */
const policies = (vpn: Ready): string[] =>
  list(
    vpn.call('DescribeVpnPbrRouteEntries', { VpnGatewayId: vpn.gateway }),
    'VpnPbrRouteEntries',
    'VpnPbrRouteEntry',
  ).map(({ RouteSource, RouteDest, State }) => `${RouteSource} ${RouteDest} ${State}`);
/** `destination next hop status` of what was added to a table of VPC 1. */
const table = (vpn: Ready): string[] =>
  list(
    vpn.call('DescribeRouteEntryList', { RouteTableId: 'vtb-vpc-1', RouteEntryType: 'Custom' }),
    'RouteEntrys',
    'RouteEntry',
  ).map((entry) => {
    const [hop] = list(entry, 'NextHops', 'NextHop');
    expect(hop!['NextHopType']).toBe('VpnGateway');
    return `${entry['DestinationCidrBlock']} ${hop!['NextHopId']} ${entry['Status']}`;
  });

test('a published destination route is in the VPC’s system table, pending at first', () => {
  const vpn = ready();
  expect(vpn.call('CreateVpnRouteEntry', route(vpn, { Description: 'office 1' }))).toEqual({
    VpnInstanceId: vpn.gateway,
    RouteDest: OFFICE,
    NextHop: vpn.connections[0],
    Weight: 100,
    State: 'published',
    OverlayMode: 'Ipsec',
    Description: 'office 1',
    CreateTime: START + 220_000,
  });
  expect(table(vpn)).toEqual([`${OFFICE} ${vpn.gateway} Pending`]);
  vpn.wait(2);
  expect(table(vpn)).toEqual([`${OFFICE} ${vpn.gateway} Available`]);
  const status = () => vpn.call('DescribeVpnGateway', { VpnGatewayId: vpn.gateway })['Status'];
  expect(status()).toBe('updating');
  vpn.wait(8);
  expect(status()).toBe('active');
});

test('while the gateway is busy no route is written', () => {
  const vpn = ready();
  vpn.call('CreateVpnRouteEntry', route(vpn));
  const next = { RouteDest: '10.10.11.0/24' };
  for (const [action, input] of [
    ['CreateVpnRouteEntry', route(vpn, next)],
    ['CreateVpnPbrRouteEntry', policy(vpn, next)],
    ['DeleteVpnRouteEntry', named(route(vpn))],
    ['DeleteVpnPbrRouteEntry', named(policy(vpn))],
    ['PublishVpnRouteEntry', publication(vpn, 'dbr', false)],
  ] as const)
    expect(vpn.refused(action, input)).toBe('400 VpnGateway.Configuring');
});

test('a route is published later, withdrawn, and published again', () => {
  const vpn = ready();
  vpn.settled('CreateVpnRouteEntry', route(vpn, { PublishVpc: false }));
  expect([destinations(vpn), table(vpn)]).toEqual([[`${OFFICE} normal`], []]);
  for (const again of [1, 2]) {
    expect(again && vpn.settled('PublishVpnRouteEntry', publication(vpn, 'dbr', true))).toEqual({});
    expect([destinations(vpn), table(vpn)]).toEqual([[`${OFFICE} published`], [`${OFFICE} ${vpn.gateway} Available`]]);
  }
  vpn.settled('PublishVpnRouteEntry', publication(vpn, 'dbr', false));
  expect([destinations(vpn), table(vpn)]).toEqual([[`${OFFICE} normal`], []]);
});

test('a deleted route leaves the VPC’s table, and its connection can go', () => {
  const vpn = ready();
  vpn.settled('CreateVpnRouteEntry', route(vpn));
  const VpnConnectionId = vpn.connections[0];
  expect(vpn.refused('DeleteVpnConnection', { VpnConnectionId })).toBe('400 DependencyViolation.VpnRouteEntry');
  vpn.settled('DeleteVpnRouteEntry', named(route(vpn)));
  expect([destinations(vpn), table(vpn)]).toEqual([[], []]);
  expect(vpn.refused('DeleteVpnRouteEntry', named(route(vpn)))).toBe('400 InvalidRouteEntry.NotFound');
  expect(vpn.call('DeleteVpnConnection', { VpnConnectionId })).toEqual({});
});

test('a route is deleted by its own weight only', () => {
  const vpn = ready();
  vpn.settled('CreateVpnRouteEntry', route(vpn));
  expect(vpn.refused('DeleteVpnRouteEntry', named(route(vpn, { Weight: 0 })))).toBe('400 InvalidRouteEntry.NotFound');
});

test('what a gateway published cannot be deleted from the VPC’s table', () => {
  const vpn = ready();
  vpn.settled('CreateVpnRouteEntry', route(vpn));
  const entry = { RouteTableId: 'vtb-vpc-1', DestinationCidrBlock: OFFICE, NextHopId: vpn.gateway };
  expect(vpn.refused('DeleteRouteEntry', entry)).toBe('400 Forbbiden');
  expect(table(vpn)).toEqual([`${OFFICE} ${vpn.gateway} Available`]);
});

test.each<{ change: JsonObject; answer: string; because: string }>([
  {
    change: { VpnGatewayId: 'vpn-9' },
    answer: '404 InvalidVpnGatewayInstanceId.NotFound',
    because: 'there is no such gateway',
  },
  {
    change: { NextHop: 'vco-9' },
    answer: '404 InvalidVpnConnectionInstanceId.NotFound',
    because: 'there is no such connection',
  },
  { change: { RouteDest: '0.0.0.0/0' }, answer: '400 IllegalParam.RouteDest', because: 'it is everything' },
  { change: { RouteDest: 'office' }, answer: '400 IllegalParam.RouteDest', because: 'that is a name' },
  { change: { RouteDest: '192.168.10.0/25' }, answer: '400 InvalidCidrBlock', because: 'a vSwitch has the block' },
  { change: { Weight: 50 }, answer: '400 InvalidParameter', because: 'a weight is 0 or 100' },
  { change: { PublishVpc: '' }, answer: '400 MissingParameter', because: 'it does not say whether to publish' },
  { change: { DryRun: true }, answer: '400 DryRunOperation', because: 'it was only tried' },
])('no destination route is made where $because', ({ change, answer }) => {
  const vpn = ready();
  expect(vpn.refused('CreateVpnRouteEntry', route(vpn, change))).toBe(answer);
  expect(vpn.state.size(VPN_ROUTE_ENTRIES)).toBe(0);
  expect(table(vpn)).toEqual([]);
});

test('a connection that is not settled yet takes no route', () => {
  const vpn = localVpn();
  const gateway = activeGateway(vpn);
  const { VpnConnectionId } = vpn.call('CreateVpnConnection', connectionOf(gateway, office(vpn)));
  vpn.wait(10);
  const early = { VpnGatewayId: gateway, RouteDest: OFFICE, NextHop: VpnConnectionId!, Weight: 100, PublishVpc: false };
  expect(vpn.refused('CreateVpnRouteEntry', early)).toBe('400 VpnConnection.Configuring');
  vpn.wait(5);
  expect(vpn.call('CreateVpnRouteEntry', early)).toMatchObject({ State: 'normal' });
});

test('an older gateway of one tunnel takes no route into the cloud’s own services', () => {
  const vpn = ready();
  const VpnGatewayId = putSingleGateway(vpn);
  const NextHop = vpn.settled('CreateVpnConnection', {
    VpnGatewayId,
    CustomerGatewayId: office(vpn, '203.0.113.12'),
    LocalSubnet: '0.0.0.0/0',
    RemoteSubnet: '0.0.0.0/0',
  })['VpnConnectionId'] as string;
  const wish = { VpnGatewayId, NextHop, Weight: 100, PublishVpc: false, RouteSource: '192.168.0.0/16' };
  const { RouteSource: _, ...destination } = wish;
  for (const RouteDest of ['100.64.1.0/24', '0.0.0.0/0']) {
    expect(vpn.refused('CreateVpnRouteEntry', { ...destination, RouteDest })).toBe('400 IllegalParam.RouteDest');
    expect(vpn.refused('CreateVpnPbrRouteEntry', { ...wish, RouteDest })).toBe('400 IllegalParam.RouteDest');
  }
});

test('of two active routes to one block the second is refused; a standby one is not', () => {
  const vpn = ready();
  vpn.settled('CreateVpnRouteEntry', route(vpn));
  const other = { NextHop: vpn.connections[1] };
  expect(vpn.refused('CreateVpnRouteEntry', route(vpn, other))).toBe('400 VpnRouteEntry.AlreadyExists');
  vpn.settled('CreateVpnRouteEntry', route(vpn, { ...other, Weight: 0 }));
  expect(destinations(vpn)).toEqual([`${OFFICE} published`, `${OFFICE} published`]);
  // The other keeps the entry that they share.
  vpn.settled('DeleteVpnRouteEntry', named(route(vpn)));
  expect(table(vpn)).toEqual([`${OFFICE} ${vpn.gateway} Available`]);
  vpn.settled('DeleteVpnRouteEntry', named(route(vpn, { ...other, Weight: 0 })));
  expect(table(vpn)).toEqual([]);
});

test('weights are exchanged by way of two standbys, and no two routes become one', () => {
  const vpn = ready();
  const NextHop = vpn.connections[1];
  const { PublishVpc: _, ...first } = route(vpn);
  vpn.settled('CreateVpnRouteEntry', route(vpn));
  vpn.settled('CreateVpnRouteEntry', route(vpn, { NextHop, Weight: 0 }));
  const raise = { ...first, NextHop, Weight: 0, NewWeight: 100 };
  expect(vpn.refused('ModifyVpnRouteEntryWeight', raise)).toBe('400 VpnRouteEntry.AlreadyExists');
  vpn.settled('ModifyVpnRouteEntryWeight', { ...first, NewWeight: 0 });
  vpn.settled('ModifyVpnRouteEntryWeight', raise);
  vpn.settled('CreateVpnRouteEntry', route(vpn, { NextHop, Weight: 0 }));
  const fall = { ...raise, Weight: 100, NewWeight: 0 };
  expect(vpn.refused('ModifyVpnRouteEntryWeight', fall)).toBe('400 VpnRouteEntry.AlreadyExists');
  expect(vpn.state.size(VPN_ROUTE_ENTRIES)).toBe(3);
});

test('quotas count the routes of one kind on a gateway', () => {
  const vpn = ready({ destinationRoutesPerGateway: 1, policyRoutesPerGateway: 1 });
  vpn.settled('CreateVpnRouteEntry', route(vpn));
  vpn.settled('CreateVpnPbrRouteEntry', policy(vpn));
  const next = { RouteDest: '10.10.11.0/24' };
  expect(vpn.refused('CreateVpnRouteEntry', route(vpn, next))).toBe('400 Resource.QuotaFull');
  expect(vpn.refused('CreateVpnPbrRouteEntry', policy(vpn, next))).toBe('400 QuotaExceeded.PolicyBasedRoute');
});

test('twenty routes stand on a gateway where the account says nothing', () => {
  const vpn = ready();
  for (let third = 1; third <= 20; third += 1)
    vpn.settled('CreateVpnRouteEntry', route(vpn, { RouteDest: `10.20.${third}.0/24` }));
  expect(vpn.refused('CreateVpnRouteEntry', route(vpn))).toBe('400 Resource.QuotaFull');
  const second = vpn.call('DescribeVpnRouteEntries', { VpnGatewayId: vpn.gateway, PageNumber: 3, PageSize: 8 });
  expect(second).toMatchObject({ TotalCount: 20, PageNumber: 3, PageSize: 8 });
  expect(list(second, 'VpnRouteEntries', 'VpnRouteEntry').map(({ RouteDest }) => RouteDest)).toEqual(
    [17, 18, 19, 20].map((third) => `10.20.${third}.0/24`),
  );
});

describe('policy routes', () => {
  test('have priority 10 where none is said, and may go anywhere', () => {
    const vpn = ready();
    expect(vpn.settled('CreateVpnPbrRouteEntry', policy(vpn, { RouteDest: '0.0.0.0/0', PublishVpc: false }))).toEqual({
      VpnInstanceId: vpn.gateway,
      RouteSource: '192.168.0.0/16',
      RouteDest: '0.0.0.0/0',
      NextHop: vpn.connections[0],
      Weight: 100,
      Priority: 10,
      State: 'normal',
      OverlayMode: 'Ipsec',
      Description: '',
      CreateTime: START + 220_000,
    });
    expect(policies(vpn)).toEqual(['192.168.0.0/16 0.0.0.0/0 normal']);
  });

  test.each<{ change: JsonObject; answer: string; because: string }>([
    { change: { RouteSource: 'vpc' }, answer: '400 IllegalParam.RouteSource', because: 'its source is a name' },
    { change: { Priority: 101 }, answer: '400 InvalidParameter', because: 'priorities end at 100' },
    { change: { Priority: 0 }, answer: '400 InvalidParameter', because: 'priorities begin at 1' },
  ])('are not made where $because', ({ change, answer }) => {
    const vpn = ready();
    expect(vpn.refused('CreateVpnPbrRouteEntry', policy(vpn, change))).toBe(answer);
    expect(vpn.state.size(VPN_POLICY_ROUTES)).toBe(0);
  });

  test('are deleted by all that names them; the priority may be left out', () => {
    const vpn = ready();
    vpn.settled('CreateVpnPbrRouteEntry', policy(vpn, { Priority: 5 }));
    const wish = named(policy(vpn));
    for (const change of [{ RouteSource: '192.168.0.0/17' }, { Weight: 0 }, { Priority: 10 }])
      expect(vpn.refused('DeleteVpnPbrRouteEntry', { ...wish, ...change })).toBe('400 InvalidRouteEntry.NotFound');
    vpn.settled('DeleteVpnPbrRouteEntry', wish);
    expect([policies(vpn), table(vpn)]).toEqual([[], []]);
  });

  test('change their weight, and are found by the new one alone', () => {
    const vpn = ready();
    vpn.settled('CreateVpnPbrRouteEntry', policy(vpn, { Priority: 5 }));
    const wish = named(policy(vpn));
    expect(vpn.settled('ModifyVpnPbrRouteEntryWeight', { ...wish, NewWeight: 0 })).toEqual({});
    expect(vpn.refused('ModifyVpnPbrRouteEntryWeight', { ...wish, NewWeight: 0 })).toBe(
      '400 InvalidRouteEntry.NotFound',
    );
    expect(policies(vpn)).toEqual([`192.168.0.0/16 ${OFFICE} published`]);
    vpn.settled('DeleteVpnPbrRouteEntry', { ...wish, Weight: 0 });
    expect([policies(vpn), table(vpn)]).toEqual([[], []]);
  });

  test.each([
    { withdrawn: 'pbr' as const, because: 'the destination route goes with it' },
    { withdrawn: 'dbr' as const, because: 'the policy route goes with it' },
  ])('share the entry with a destination route: where the $withdrawn is withdrawn, $because', ({ withdrawn }) => {
    const vpn = ready();
    vpn.settled('CreateVpnRouteEntry', route(vpn));
    vpn.settled('CreateVpnPbrRouteEntry', policy(vpn));
    expect(table(vpn)).toEqual([`${OFFICE} ${vpn.gateway} Available`]);
    vpn.settled('PublishVpnRouteEntry', publication(vpn, withdrawn, false));
    expect([destinations(vpn), policies(vpn), table(vpn)]).toEqual([
      [`${OFFICE} normal`],
      [`192.168.0.0/16 ${OFFICE} normal`],
      [],
    ]);
  });
});

describe('automatic policy routes', () => {
  function automatic(): Ready & { id: string } {
    const vpn = ready();
    const wish = {
      ...connectionOf(vpn.gateway, office(vpn, '203.0.113.12')),
      LocalSubnet: '192.168.0.0/16',
      RemoteSubnet: `${OFFICE},10.10.11.0/24`,
    };
    const id = vpn.settled('CreateVpnConnection', wish)['VpnConnectionId'] as string;
    for (const RouteDest of [OFFICE, '10.10.11.0/24'])
      vpn.settled('PublishVpnRouteEntry', { ...publication(vpn, 'pbr', true), NextHop: id, RouteDest });
    return { ...vpn, id };
  }

  test('are published when asked for', () => {
    const vpn = automatic();
    expect(policies(vpn)).toEqual([`192.168.0.0/16 ${OFFICE} published`, '192.168.0.0/16 10.10.11.0/24 published']);
    expect(table(vpn)).toEqual([`${OFFICE} ${vpn.gateway} Available`, `10.10.11.0/24 ${vpn.gateway} Available`]);
  });

  test('stay published when the connection is only renamed', () => {
    const vpn = automatic();
    vpn.settled('ModifyVpnConnectionAttribute', { VpnConnectionId: vpn.id, Name: 'renamed' });
    expect(policies(vpn)).toEqual([`192.168.0.0/16 ${OFFICE} published`, '192.168.0.0/16 10.10.11.0/24 published']);
    expect(table(vpn)).toHaveLength(2);
  });

  test('that the selectors no longer want leave the VPC’s table too, several at once', () => {
    const vpn = automatic();
    vpn.settled('ModifyVpnConnectionAttribute', { VpnConnectionId: vpn.id, RemoteSubnet: '10.10.12.0/24' });
    expect(policies(vpn)).toEqual(['192.168.0.0/16 10.10.12.0/24 normal']);
    expect(table(vpn)).toEqual([]);
  });

  test('do not take the place of one that somebody made', () => {
    const vpn = ready();
    const VpnConnectionId = vpn.connections[0];
    vpn.settled('CreateVpnPbrRouteEntry', policy(vpn));
    const selectors = { LocalSubnet: '192.168.0.0/16', RemoteSubnet: OFFICE };
    vpn.settled('ModifyVpnConnectionAttribute', { VpnConnectionId, ...selectors });
    vpn.settled('ModifyVpnConnectionAttribute', { VpnConnectionId, AutoConfigRoute: false });
    expect(policies(vpn)).toEqual([`192.168.0.0/16 ${OFFICE} published`]);
  });
});

test.each(['dbr', 'pbr'] as const)('there is no %s to publish where none was made', (kind) => {
  const vpn = ready();
  expect(vpn.refused('PublishVpnRouteEntry', publication(vpn, kind, true))).toBe('400 InvalidRouteEntry.NotFound');
});

test('a block that the VPC’s table has from elsewhere is not published over it', () => {
  const vpn = ready();
  const entry = { RouteTableId: 'vtb-vpc-1', DestinationCidrBlock: OFFICE, NextHopType: 'Instance', NextHopId: 'i-1' };
  vpn.settled('CreateRouteEntry', entry);
  expect(vpn.refused('CreateVpnRouteEntry', route(vpn))).toBe('400 RouterEntryConflict.Duplicated');
  vpn.settled('CreateVpnRouteEntry', route(vpn, { PublishVpc: false }));
  expect(vpn.refused('PublishVpnRouteEntry', publication(vpn, 'dbr', true))).toBe('400 RouterEntryConflict.Duplicated');
  expect(destinations(vpn)).toEqual([`${OFFICE} normal`]);
});

test('while a table of the VPC is written nothing is published to it', () => {
  const vpn = ready();
  const entry = { RouteTableId: 'vtb-vpc-1', DestinationCidrBlock: '10.30.0.0/16', NextHopId: 'i-1' };
  vpn.call('CreateRouteEntry', entry);
  expect(vpn.refused('CreateVpnRouteEntry', route(vpn))).toBe('400 TaskConflict');
  vpn.wait(2);
  expect(vpn.call('CreateVpnRouteEntry', route(vpn))).toMatchObject({ State: 'published' });
});
