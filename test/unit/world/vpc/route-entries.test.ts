import { CHILD_INSTANCES, type ChildInstanceRecord } from '../../../../local/world/cbn/records';
import type { JsonObject } from '../../../../shared/json';
import { putBasicCen, putEntry, putTable } from '../cbn/local-cen';
import { activeGateway, connectionOf, type LocalVpn, list, localVpn, office } from './local-vpn';

const TABLE = 'vtb-vpc-1';
const CUSTOM = 'vtb-custom';

function withCustomTable(quotas: Record<string, number> = {}): LocalVpn {
  const vpn = localVpn({ quotas });
  putTable(vpn.state, { id: CUSTOM, vpcId: 'vpc-1', type: 'Custom' });
  return vpn;
}

const wish = (change: JsonObject = {}): JsonObject => ({
  RouteTableId: TABLE,
  DestinationCidrBlock: '10.20.0.0/16',
  NextHopType: 'NetworkInterface',
  NextHopId: 'eni-1',
  ...change,
});
const entries = (vpn: LocalVpn, RouteTableId = TABLE, filter: JsonObject = {}): JsonObject[] =>
  list(vpn.call('DescribeRouteEntryList', { RouteTableId, ...filter }), 'RouteEntrys', 'RouteEntry');
/** `destination type status next hop` of each. */
const shown = (vpn: LocalVpn, RouteTableId = TABLE, filter: JsonObject = {}): string[] =>
  entries(vpn, RouteTableId, filter).map((entry) => {
    const [hop] = list(entry, 'NextHops', 'NextHop');
    return `${entry['DestinationCidrBlock']} ${entry['Type']} ${entry['Status']} ${hop!['NextHopType']} ${hop!['NextHopId']}`;
  });
const SYSTEM = [
  '100.64.0.0/10 System Available service ',
  '192.168.10.0/24 System Available local vsw-1a',
  '192.168.11.0/24 System Available local vsw-1b',
  '192.168.12.0/24 System Available local vsw-1c',
];

/** vpc-1 and vpc-2, each the other's neighbour in a basic CEN. */
function attachBoth(vpn: LocalVpn): void {
  putBasicCen(vpn.state, 'cen-1');
  for (const instanceId of ['vpc-1', 'vpc-2'])
    vpn.state.put(CHILD_INSTANCES, `cen-1/${instanceId}`, {
      cenId: 'cen-1',
      instanceId,
      instanceType: 'VPC',
      region: 'us-east-1',
      status: 'Attached',
      attachedAt: 0,
    } satisfies ChildInstanceRecord);
}

test('every table has a way to each vSwitch and to the cloud’s services, by destination', () => {
  const vpn = withCustomTable();
  expect(shown(vpn)).toEqual(SYSTEM);
  expect(shown(vpn, CUSTOM)).toEqual(SYSTEM);
});

test('what CEN adds stands beside what somebody made, in the system table', () => {
  const vpn = withCustomTable();
  putEntry(vpn.state, { id: 'rte-1', routeTableId: TABLE, destination: '10.10.10.0/24', nextHopId: 'vpn-1' });
  attachBoth(vpn);
  expect(shown(vpn)).toEqual([
    '10.10.10.0/24 Custom Available VpnGateway vpn-1',
    SYSTEM[0],
    '172.16.11.0/24 CEN Available VPC vpc-2',
    ...SYSTEM.slice(1),
  ]);
  expect(shown(vpn, CUSTOM)).toEqual(SYSTEM);
  const [learned] = entries(vpn, TABLE, { RouteEntryType: 'CEN' });
  expect(list(learned!, 'NextHops', 'NextHop')).toMatchObject([{ NextHopRegionId: 'us-east-1' }]);
});

test.each<{ filter: JsonObject; found: string[] }>([
  { filter: { RouteEntryType: 'Custom' }, found: ['10.20.0.0/16', '10.30.0.0/16'] },
  { filter: { RouteEntryType: 'CEN' }, found: ['172.16.11.0/24'] },
  { filter: { RouteEntryType: 'BGP' }, found: [] },
  { filter: { DestinationCidrBlock: '10.20.0.0/16' }, found: ['10.20.0.0/16'] },
  { filter: { DestinationCidrBlock: '192.168.10.0/24' }, found: ['192.168.10.0/24'] },
  { filter: { DestinationCidrBlock: '172.16.11.0/24' }, found: ['172.16.11.0/24'] },
  { filter: { DestinationCidrBlock: '10.20.0.0/17' }, found: [] },
  { filter: { DestCidrBlockList: ['10.30.0.0/16', '100.64.0.0/10'] }, found: ['10.30.0.0/16', '100.64.0.0/10'] },
  { filter: { NextHopType: 'Instance' }, found: ['10.30.0.0/16'] },
  { filter: { NextHopId: 'eni-1' }, found: ['10.20.0.0/16'] },
  { filter: { RouteEntryName: 'thirty' }, found: ['10.30.0.0/16'] },
  { filter: { RouteEntryId: 'rte-20' }, found: ['10.20.0.0/16'] },
  { filter: { ServiceType: 'TR' }, found: [] },
  { filter: { IpVersion: 'ipv6' }, found: [] },
])('entries are found by $filter', ({ filter, found }) => {
  const vpn = localVpn();
  const entry = { routeTableId: TABLE, nextHopType: 'NetworkInterface', nextHopId: 'eni-1' };
  putEntry(vpn.state, { ...entry, id: 'rte-20', destination: '10.20.0.0/16' });
  putEntry(vpn.state, {
    ...entry,
    id: 'rte-30',
    destination: '10.30.0.0/16',
    nextHopType: 'Instance',
    nextHopId: 'i-1',
    name: 'thirty',
  });
  attachBoth(vpn);
  expect(entries(vpn, TABLE, filter).map((each) => each['DestinationCidrBlock'])).toEqual(found);
});

test('a long table comes in pages of MaxResult, with a token until the last', () => {
  const vpn = localVpn();
  const page = (NextToken: string) =>
    vpn.call('DescribeRouteEntryList', { RouteTableId: TABLE, MaxResult: 3, NextToken });
  const first = page('');
  expect(list(first, 'RouteEntrys', 'RouteEntry')).toHaveLength(3);
  const second = page(first['NextToken'] as string);
  expect([list(second, 'RouteEntrys', 'RouteEntry').length, second['NextToken']]).toEqual([1, '']);
  expect(vpn.refused('DescribeRouteEntryList', { RouteTableId: TABLE, NextToken: 'x' })).toBe('400 InvalidNextToken');
  expect(vpn.refused('DescribeRouteEntryList', { RouteTableId: TABLE, MaxResult: 101 })).toBe('400 InvalidParameter');
});

test('an entry is pending for two seconds when it comes, and deleting for two when it goes', () => {
  const vpn = localVpn();
  const { RouteEntryId } = vpn.call('CreateRouteEntry', wish({ RouteEntryName: 'to the lab', Description: 'd' }));
  expect(RouteEntryId).toMatch(/^rte-[a-z0-9]{22}$/);
  const statusNow = (): unknown[] => entries(vpn, TABLE, { RouteEntryType: 'Custom' }).map(({ Status }) => Status);
  expect(statusNow()).toEqual(['Pending']);
  vpn.wait(2);
  expect(entries(vpn, TABLE, { RouteEntryType: 'Custom' })).toMatchObject([
    { RouteEntryId, RouteEntryName: 'to the lab', Description: 'd', Status: 'Available' },
  ]);
  expect(vpn.call('DeleteRouteEntry', { RouteEntryId: RouteEntryId as string })).toEqual({});
  expect(statusNow()).toEqual(['Deleting']);
  vpn.wait(2);
  expect(statusNow()).toEqual([]);
});

test('the tables of a VPC are written by one at a time; another VPC’s are its own', () => {
  const vpn = withCustomTable();
  vpn.call('CreateRouteEntry', wish());
  const other = wish({ RouteTableId: CUSTOM, DestinationCidrBlock: '10.30.0.0/16' });
  expect(vpn.refused('CreateRouteEntry', other)).toBe('400 TaskConflict');
  expect(vpn.call('CreateRouteEntry', { ...other, RouteTableId: 'vtb-vpc-2' })).toHaveProperty('RouteEntryId');
  vpn.wait(2);
  const { RouteEntryId } = vpn.call('CreateRouteEntry', other);
  vpn.wait(2);
  vpn.call('DeleteRouteEntry', { RouteEntryId: RouteEntryId as string });
  expect(vpn.refused('CreateRouteEntry', wish({ DestinationCidrBlock: '10.40.0.0/16' }))).toBe('400 TaskConflict');
});

test.each<{ change: JsonObject; answer: string; because: string }>([
  {
    change: { RouteTableId: 'vtb-9' },
    answer: '404 InvalidRouteTableId.NotFound',
    because: 'there is no such table',
  },
  {
    change: { DestinationCidrBlock: '10.20.0.0/40' },
    answer: '400 InvalidCidrBlock.Malformed',
    because: 'the destination is no block',
  },
  { change: { DestinationCidrBlock: '' }, answer: '400 InvalidCidrBlock.Malformed', because: 'there is none' },
  {
    change: { DestinationCidrBlock: '192.168.10.0/24' },
    answer: '400 InvalidCidrBlock',
    because: 'a vSwitch has that block',
  },
  {
    change: { DestinationCidrBlock: '192.168.10.128/25' },
    answer: '400 InvalidCidrBlock',
    because: 'it lies inside a vSwitch’s',
  },
  {
    change: { DestinationCidrBlock: '100.64.0.0/10' },
    answer: '400 InvalidCidrBlock',
    because: 'it is the cloud’s own',
  },
  { change: { NextHopId: '' }, answer: '400 InvalidNextHop', because: 'it leads nowhere' },
  {
    change: { NextHopType: 'VpnGateway', NextHopId: 'vpn-9' },
    answer: '400 InvalidNextHop.NotFound',
    because: 'there is no such gateway',
  },
  {
    change: { NextHopType: 'Attachment', NextHopId: 'tr-attach-9' },
    answer: '400 InvalidNextHop.NotFound',
    because: 'there is no such attachment',
  },
  {
    change: { NextHopList: [{ NextHopType: 'RouterInterface', NextHopId: 'ri-1' }] },
    answer: '400 InvalidNexthopTypeAndList.BothNotNull',
    because: 'there is a list beside the next hop',
  },
  { change: { DryRun: true }, answer: '400 DryRunOperation', because: 'it is a dry run' },
])('no entry is made where $because', ({ change, answer }) => {
  const vpn = localVpn();
  expect(vpn.refused('CreateRouteEntry', wish(change))).toBe(answer);
  expect(shown(vpn)).toEqual(SYSTEM);
});

test('a destination may hold a vSwitch’s block, lie inside the services’, and be an address', () => {
  const vpn = localVpn();
  for (const DestinationCidrBlock of ['192.168.0.0/16', '100.64.0.0/16', '10.1.2.3'])
    vpn.settled('CreateRouteEntry', wish({ DestinationCidrBlock }));
  expect(entries(vpn, TABLE, { RouteEntryType: 'Custom' }).map((each) => each['DestinationCidrBlock'])).toEqual([
    '10.1.2.3/32',
    '100.64.0.0/16',
    '192.168.0.0/16',
  ]);
});

test('a table has one entry for a block, whatever host bits the request had; another table may have it too', () => {
  const vpn = withCustomTable();
  vpn.settled('CreateRouteEntry', wish());
  expect(vpn.refused('CreateRouteEntry', wish({ DestinationCidrBlock: '10.20.5.5/16', NextHopId: 'eni-2' }))).toBe(
    '400 RouterEntryConflict.Duplicated',
  );
  expect(vpn.call('CreateRouteEntry', wish({ RouteTableId: CUSTOM }))).toHaveProperty('RouteEntryId');
});

test('an entry of one’s own takes the place of the one that CEN taught', () => {
  const vpn = localVpn();
  attachBoth(vpn);
  vpn.settled('CreateRouteEntry', wish({ DestinationCidrBlock: '172.16.11.0/24' }));
  expect(shown(vpn, TABLE, { DestinationCidrBlock: '172.16.11.0/24' })).toEqual([
    '172.16.11.0/24 Custom Available NetworkInterface eni-1',
  ]);
});

test('what CEN taught counts towards the quota', () => {
  const vpn = withCustomTable({ routesPerTable: 2 });
  attachBoth(vpn);
  vpn.settled('CreateRouteEntry', wish());
  expect(vpn.refused('CreateRouteEntry', wish({ DestinationCidrBlock: '10.30.0.0/16' }))).toBe('400 QuotaExceeded');
  for (const DestinationCidrBlock of ['10.30.0.0/16', '10.40.0.0/16'])
    vpn.settled('CreateRouteEntry', wish({ RouteTableId: CUSTOM, DestinationCidrBlock }));
});

test('a gateway is a next hop in the tables of its own VPC', () => {
  const vpn = withCustomTable();
  const hop = { NextHopType: 'VpnGateway', NextHopId: activeGateway(vpn) };
  expect(vpn.refused('CreateRouteEntry', wish({ ...hop, RouteTableId: 'vtb-vpc-2' }))).toBe(
    '400 InvalidNextHop.NotFound',
  );
  vpn.settled('CreateRouteEntry', wish({ ...hop, RouteTableId: CUSTOM }));
  expect(vpn.refused('DeleteVpnGateway', { VpnGatewayId: hop.NextHopId })).toBe(
    '400 DependencyViolation.VpcRouteEntry',
  );
});

test('a repeated create with the same token makes one entry', () => {
  const vpn = localVpn();
  const once = wish({ ClientToken: 'once' });
  expect(vpn.call('CreateRouteEntry', once)).toEqual(vpn.call('CreateRouteEntry', once));
  expect(entries(vpn, TABLE, { RouteEntryType: 'Custom' })).toHaveLength(1);
});

test('an entry is deleted by its id, or by table, destination and next hop', () => {
  const vpn = localVpn();
  const { RouteEntryId } = vpn.settled('CreateRouteEntry', wish());
  vpn.settled('CreateRouteEntry', wish({ DestinationCidrBlock: '10.30.0.0/16' }));
  vpn.settled('DeleteRouteEntry', { RouteEntryId: RouteEntryId as string });
  const place = { RouteTableId: TABLE, DestinationCidrBlock: '10.30.0.0/16' };
  expect(vpn.refused('DeleteRouteEntry', { ...place, NextHopId: 'eni-2' })).toBe('400 InvalidRouteEntry.NotFound');
  expect(vpn.refused('DeleteRouteEntry', { ...place, NextHopId: 'eni-1', DryRun: true })).toBe('400 DryRunOperation');
  vpn.settled('DeleteRouteEntry', { ...place, NextHopId: 'eni-1' });
  expect(shown(vpn)).toEqual(SYSTEM);
});

test.each<{ input: JsonObject; answer: string; because: string }>([
  { input: { RouteEntryId: 'rte-9' }, answer: '400 InvalidRouteEntry.NotFound', because: 'there is none' },
  {
    input: { RouteEntryId: 'rte-1', RegionId: 'cn-shanghai' },
    answer: '400 InvalidRouteEntry.NotFound',
    because: 'it is in another region',
  },
  {
    input: { RouteTableId: TABLE, DestinationCidrBlock: '172.16.11.0/24', NextHopId: 'vpc-2' },
    answer: '400 Forbbiden',
    because: 'CEN taught it',
  },
  {
    input: { RouteTableId: TABLE, DestinationCidrBlock: '192.168.10.0/24' },
    answer: '400 Forbbiden',
    because: 'it is the way to a vSwitch',
  },
  {
    input: { RouteTableId: TABLE, DestinationCidrBlock: 'x' },
    answer: '400 InvalidCidrBlock.Malformed',
    because: 'that is no block',
  },
  { input: {}, answer: '404 InvalidRouteTableId.NotFound', because: 'nothing is named' },
])('no entry is deleted where $because', ({ input, answer }) => {
  const vpn = localVpn();
  putEntry(vpn.state, { id: 'rte-1', routeTableId: TABLE, destination: '10.20.0.0/16' });
  attachBoth(vpn);
  expect(vpn.refused('DeleteRouteEntry', input)).toBe(answer);
});

test('an entry that CEN taught, or the system made, is not deleted by its id', () => {
  const vpn = localVpn();
  attachBoth(vpn);
  for (const { RouteEntryId } of entries(vpn))
    expect(vpn.refused('DeleteRouteEntry', { RouteEntryId: RouteEntryId as string })).toBe('400 Forbbiden');
});

test('what a gateway published is withdrawn at the gateway, not deleted in the table', () => {
  const vpn = localVpn();
  const gateway = activeGateway(vpn);
  const { VpnConnectionId } = vpn.settled('CreateVpnConnection', connectionOf(gateway, office(vpn)));
  const route = { VpnGatewayId: gateway, RouteDest: '10.20.0.0/16', NextHop: VpnConnectionId as string, Weight: 100 };
  vpn.settled('CreateVpnRouteEntry', { ...route, PublishVpc: true });
  const [published] = entries(vpn, TABLE, { RouteEntryType: 'Custom' });
  expect(vpn.refused('DeleteRouteEntry', { RouteEntryId: published!['RouteEntryId'] as string })).toBe('400 Forbbiden');
  vpn.settled('DeleteVpnRouteEntry', route);
  expect(shown(vpn)).toEqual(SYSTEM);
});
