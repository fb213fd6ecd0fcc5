import type { JsonObject } from '../../../../shared/json';
import { putTable, putVSwitch } from '../cbn/local-cen';
import { activeGateway, type LocalVpn, list, localVpn, START } from './local-vpn';

/** vpc-1 with a custom table that one of its vSwitches is bound to. */
function withCustomTable(): LocalVpn {
  const vpn = localVpn();
  putTable(vpn.state, { id: 'vtb-custom', vpcId: 'vpc-1', type: 'Custom' });
  putVSwitch(vpn.state, {
    id: 'vsw-1d',
    vpcId: 'vpc-1',
    zone: 'us-east-1b',
    cidr: '192.168.20.0/28',
    routeTableId: 'vtb-custom',
  });
  return vpn;
}

const names = (found: JsonObject[], field: string): unknown[] => found.map((each) => each[field]);
const vpcs = (vpn: LocalVpn, filter: JsonObject = {}): unknown[] =>
  names(list(vpn.call('DescribeVpcs', filter), 'Vpcs', 'Vpc'), 'VpcId');
const vSwitches = (vpn: LocalVpn, filter: JsonObject): unknown[] =>
  names(list(vpn.call('DescribeVSwitches', filter), 'VSwitches', 'VSwitch'), 'VSwitchId');
const tables = (vpn: LocalVpn, filter: JsonObject): unknown[] =>
  names(list(vpn.call('DescribeRouteTableList', filter), 'RouterTableList', 'RouterTableListType'), 'RouteTableId');

test.each<{ filter: JsonObject; found: string[] }>([
  { filter: {}, found: ['vpc-1', 'vpc-2'] },
  { filter: { VpcId: 'vpc-2' }, found: ['vpc-2'] },
  { filter: { VpcId: 'vpc-2, vpc-1,vpc-9' }, found: ['vpc-1', 'vpc-2'] },
  { filter: { VpcName: 'vpc-1' }, found: ['vpc-1'] },
  { filter: { RegionId: 'cn-shanghai' }, found: [] },
  { filter: { IsDefault: true }, found: [] },
  { filter: { EnableIpv6: true }, found: [] },
  { filter: { Tag: [{ Key: 'k' }] }, found: [] },
  { filter: { PageSize: 1, PageNumber: 2 }, found: ['vpc-2'] },
])('VPCs are found by $filter', ({ filter, found }) => {
  expect(vpcs(localVpn(), filter)).toEqual(found);
});

test('a page says how long it is and how many there are', () => {
  expect(localVpn().call('DescribeVpcs', { PageSize: 1 })).toMatchObject({
    PageNumber: 1,
    PageSize: 1,
    TotalCount: 2,
  });
  expect(localVpn().call('DescribeVpcs')).toMatchObject({ PageSize: 10 });
  expect(localVpn().refused('DescribeVpcs', { PageSize: 51 })).toBe('400 InvalidParameter');
});

test('a VPC tells its block, its vSwitches and its tables', () => {
  const [vpc] = list(withCustomTable().call('DescribeVpcs', { VpcId: 'vpc-1' }), 'Vpcs', 'Vpc');
  expect(vpc).toMatchObject({
    VpcId: 'vpc-1',
    RegionId: 'us-east-1',
    Status: 'Available',
    CidrBlock: '192.168.0.0/16',
    VSwitchIds: { VSwitchId: ['vsw-1a', 'vsw-1b', 'vsw-1c', 'vsw-1d'] },
    RouterTableIds: { RouterTableIds: ['vtb-vpc-1', 'vtb-custom'] },
    CenStatus: '',
    OwnerId: 1234567890123456,
    CreationTime: '1970-01-01T00:00:00Z',
  });
});

test('one VPC tells what it is attached to and what stands in it', () => {
  const vpn = localVpn();
  activeGateway(vpn);
  const attachment = { cenId: 'cen-1', vpcId: 'vpc-1', status: 'Attached', zones: [] };
  vpn.state.put('cbn.vpc-attachments', 'tr-attach-1', attachment);
  vpn.state.put('cbn.child-instances', 'cen-2/vpc-1', { cenId: 'cen-2', instanceId: 'vpc-1', status: 'Attaching' });
  expect(vpn.call('DescribeVpcAttribute', { VpcId: 'vpc-1' })).toMatchObject({
    AssociatedCens: {
      AssociatedCen: [
        { CenId: 'cen-2', CenOwnerId: 1234567890123456, CenStatus: 'Attaching' },
        { CenId: 'cen-1', CenOwnerId: 1234567890123456, CenStatus: 'Attached' },
      ],
    },
    CloudResources: {
      CloudResourceSetType: [
        { ResourceType: 'VSwitch', ResourceCount: 3 },
        { ResourceType: 'VpnGateway', ResourceCount: 1 },
      ],
    },
  });
  const [listed] = list(vpn.call('DescribeVpcs', { VpcId: 'vpc-1' }), 'Vpcs', 'Vpc');
  expect(listed!['CenStatus']).toBe('Attached');
});

test.each<[action: string, input: JsonObject, answer: string]>([
  ['DescribeVpcAttribute', { VpcId: 'vpc-9' }, '404 InvalidVpcId.NotFound'],
  ['DescribeVpcAttribute', { VpcId: 'vpc-1', RegionId: 'cn-shanghai' }, '404 InvalidVpcId.NotFound'],
  ['DescribeVSwitchAttributes', { VSwitchId: 'vsw-9' }, '404 InvalidVSwitchId.NotFound'],
  ['DescribeVSwitchAttributes', { VSwitchId: 'vsw-1a', RegionId: 'cn-shanghai' }, '404 InvalidVSwitchId.NotFound'],
  ['DescribeRouteEntryList', { RouteTableId: 'vtb-9' }, '404 InvalidRouteTableId.NotFound'],
  ['DescribeRouteEntryList', { RouteTableId: 'vtb-vpc-1', RegionId: 'eu-west-1' }, '404 InvalidRouteTableId.NotFound'],
])('%s of what is not in the region is refused', (action, input, answer) => {
  expect(localVpn().refused(action, input)).toBe(answer);
});

test.each<{ filter: JsonObject; found: string[] }>([
  { filter: { VpcId: 'vpc-1' }, found: ['vsw-1a', 'vsw-1b', 'vsw-1c', 'vsw-1d'] },
  { filter: { VpcId: 'vpc-1', ZoneId: 'us-east-1b' }, found: ['vsw-1b', 'vsw-1d'] },
  { filter: { VSwitchId: 'vsw-2b,vsw-1a' }, found: ['vsw-1a', 'vsw-2b'] },
  { filter: { RouteTableId: 'vtb-custom' }, found: ['vsw-1d'] },
  { filter: { RegionId: 'cn-shanghai' }, found: [] },
  { filter: { IsDefault: true }, found: [] },
  { filter: { VSwitchName: 'none' }, found: [] },
])('vSwitches are found by $filter', ({ filter, found }) => {
  expect(vSwitches(withCustomTable(), filter)).toEqual(found);
});

test('vSwitches are found by their VPC alone, whatever its region; without either the request is refused', () => {
  const vpn = localVpn();
  const asked = (input: JsonObject) => ({ ...input, RegionId: '' });
  vpn.state.put('vpc.vpcs', 'vpc-2', { ...vpn.state.get<object>('vpc.vpcs', 'vpc-2'), region: 'cn-shanghai' });
  expect(vSwitches(vpn, asked({ VpcId: 'vpc-2' }))).toEqual(['vsw-2b']);
  expect(vpn.refused('DescribeVSwitches', asked({}))).toBe('400 MissingParam.RegionIdOrVpcId');
});

test('a vSwitch counts the addresses that are left: four are the service’s, and each gateway takes one', () => {
  const vpn = withCustomTable();
  const free = (VSwitchId: string): unknown =>
    vpn.call('DescribeVSwitchAttributes', { VSwitchId })['AvailableIpAddressCount'];
  expect([free('vsw-1a'), free('vsw-1d')]).toEqual([252, 12]);
  activeGateway(vpn);
  expect([free('vsw-1a'), free('vsw-1d')]).toEqual([251, 12]);
});

test('a vSwitch names the table that is bound to it', () => {
  const vpn = withCustomTable();
  const bound = (VSwitchId: string): unknown => vpn.call('DescribeVSwitchAttributes', { VSwitchId })['RouteTable'];
  expect(bound('vsw-1a')).toEqual({ RouteTableId: 'vtb-vpc-1', RouteTableType: 'System' });
  expect(bound('vsw-1d')).toEqual({ RouteTableId: 'vtb-custom', RouteTableType: 'Custom' });
});

test.each<{ filter: JsonObject; found: string[] }>([
  { filter: {}, found: ['vtb-vpc-1', 'vtb-vpc-2', 'vtb-custom'] },
  { filter: { VpcId: 'vpc-1' }, found: ['vtb-vpc-1', 'vtb-custom'] },
  { filter: { VpcId: 'vpc-1', RouteTableType: 'System' }, found: ['vtb-vpc-1'] },
  { filter: { RouteTableType: 'Custom' }, found: ['vtb-custom'] },
  { filter: { RouteTableId: 'vtb-vpc-2' }, found: ['vtb-vpc-2'] },
  { filter: { RouterId: 'vrt-1' }, found: ['vtb-vpc-1', 'vtb-custom'] },
  { filter: { RouterType: 'VBR' }, found: [] },
  { filter: { RouteTableName: 'none' }, found: [] },
  { filter: { RegionId: 'cn-shanghai' }, found: [] },
])('tables are found by $filter', ({ filter, found }) => {
  expect(tables(withCustomTable(), filter)).toEqual(found);
});

test('a table names the vSwitches that are bound to it', () => {
  const found = list(
    withCustomTable().call('DescribeRouteTableList', { VpcId: 'vpc-1' }),
    'RouterTableList',
    'RouterTableListType',
  );
  expect(found).toMatchObject([
    {
      RouteTableType: 'System',
      VSwitchIds: { VSwitchId: ['vsw-1a', 'vsw-1b', 'vsw-1c'] },
      RoutePropagationEnable: true,
      AssociateType: 'VSwitch',
      RouterType: 'VRouter',
      Status: 'Available',
    },
    { RouteTableType: 'Custom', VSwitchIds: { VSwitchId: ['vsw-1d'] } },
  ]);
});

test('a table’s name and its part in synchronisation are changed at once', () => {
  const vpn = withCustomTable();
  const change = { RouteTableId: 'vtb-custom', RouteTableName: 'apps', RoutePropagationEnable: false };
  expect(vpn.call('ModifyRouteTableAttributes', change)).toEqual({});
  const read = vpn.call('DescribeRouteTableList', { RouteTableId: 'vtb-custom' });
  expect(list(read, 'RouterTableList', 'RouterTableListType')).toMatchObject([
    { RouteTableName: 'apps', RoutePropagationEnable: false },
  ]);
  expect(vpn.refused('ModifyRouteTableAttributes', { RouteTableId: 'vtb-9' })).toBe('404 InvalidRouteTableId.NotFound');
});

test('gateways stand in every zone of their region', () => {
  const zones = localVpn().call('DescribeVpnGatewayAvailableZones', { Spec: '10M' });
  expect(zones).toEqual({
    RegionId: 'us-east-1',
    AvailableZoneIdList: [
      { ZoneId: 'us-east-1a', ZoneName: 'us-east-1a' },
      { ZoneId: 'us-east-1b', ZoneName: 'us-east-1b' },
    ],
  });
});

test('times of the VPC are texts, times of its gateways are milliseconds', () => {
  const vpn = localVpn();
  const VpnGatewayId = activeGateway(vpn);
  expect(vpn.call('DescribeVpnGateway', { VpnGatewayId })['CreateTime']).toBe(START);
  expect(vpn.call('DescribeVpcAttribute', { VpcId: 'vpc-1' })['CreationTime']).toBe('1970-01-01T00:00:00Z');
});
