/** VPCs and vSwitches that a client makes: their states, what they must be, and what keeps them from going. */
import type { JsonObject } from '../../../../shared/json';
import { putTable } from '../cbn/local-cen';
import { GATEWAY, type LocalVpn, list, localVpn } from './local-vpn';

const BLOCK = '10.8.0.0/16';

/** An available VPC of its own block. */
function madeVpc(vpn: LocalVpn, change: JsonObject = {}): string {
  const { VpcId } = vpn.call('CreateVpc', { CidrBlock: BLOCK, VpcName: 'made', ...change });
  vpn.wait(3);
  return VpcId as string;
}

function madeVSwitch(vpn: LocalVpn, VpcId: string, CidrBlock = '10.8.1.0/24', ZoneId = 'us-east-1a'): string {
  const { VSwitchId } = vpn.call('CreateVSwitch', { VpcId, ZoneId, CidrBlock });
  vpn.wait(3);
  return VSwitchId as string;
}

const vpcOf = (vpn: LocalVpn, VpcId: string): JsonObject => vpn.call('DescribeVpcAttribute', { VpcId });
const vSwitchOf = (vpn: LocalVpn, VSwitchId: string): JsonObject =>
  vpn.call('DescribeVSwitchAttributes', { VSwitchId });
const tablesOf = (vpn: LocalVpn, VpcId: string): JsonObject[] =>
  list(vpn.call('DescribeRouteTableList', { VpcId }), 'RouterTableList', 'RouterTableListType');

describe('a VPC', () => {
  test('is pending, then available, with its router and its system table', () => {
    const vpn = localVpn();
    const made = vpn.call('CreateVpc', {
      CidrBlock: BLOCK,
      VpcName: 'made',
      Description: 'by a call',
      UserCidr: '172.32.0.0/16, 203.0.113.0/24',
      EnableDnsHostname: true,
      ResourceGroupId: 'rg-network1',
      Tag: [{ Key: 'owner', Value: 'ops' }],
    });
    const VpcId = made['VpcId'] as string;
    expect(made).toEqual({
      VpcId: expect.stringMatching(/^vpc-/),
      VRouterId: VpcId.replace('vpc-', 'vrt-'),
      RouteTableId: expect.stringMatching(/^vtb-/),
      ResourceGroupId: 'rg-network1',
    });
    expect(vpcOf(vpn, VpcId)['Status']).toBe('Pending');
    vpn.wait(3);
    expect(vpcOf(vpn, VpcId)).toMatchObject({
      Status: 'Available',
      VpcName: 'made',
      Description: 'by a call',
      CidrBlock: BLOCK,
      UserCidrs: { UserCidr: ['172.32.0.0/16', '203.0.113.0/24'] },
      DnsHostnameStatus: 'ENABLED',
      ResourceGroupId: 'rg-network1',
      Tags: { Tag: [{ Key: 'owner', Value: 'ops' }] },
    });
    expect(tablesOf(vpn, VpcId)).toMatchObject([{ RouteTableId: made['RouteTableId'], RouteTableType: 'System' }]);
  });

  test('has the service’s own block where none is stated', () => {
    const vpn = localVpn();
    const { VpcId } = vpn.call('CreateVpc');
    expect(vpcOf(vpn, VpcId as string)['CidrBlock']).toBe('172.16.0.0/12');
  });

  test.each<[why: string, input: JsonObject, answer: string]>([
    ['no block', { CidrBlock: '10.8.0.0' }, '400 InvalidParameter'],
    ['bits behind its length', { CidrBlock: '10.8.1.0/16' }, '400 InvalidParameter'],
    ['too small', { CidrBlock: '10.8.0.0/29' }, '400 InvalidParameter'],
    ['too large', { CidrBlock: '10.0.0.0/7' }, '400 InvalidParameter'],
    ['the services’ own addresses', { CidrBlock: '100.64.0.0/16' }, '400 InvalidParameter'],
    ['multicast', { CidrBlock: '224.0.0.0/16' }, '400 InvalidParameter'],
    ['a name of an address', { VpcName: 'https://a' }, '400 InvalidVpcName.Malformed'],
    ['a long description', { Description: 'x'.repeat(257) }, '400 InvalidVpcDiscription.Malformed'],
    ['four user blocks', { UserCidr: '1.0.0.0/8,2.0.0.0/8,3.0.0.0/8,4.0.0.0/8' }, '400 InvalidUserCidr.Quota'],
    ['a user block that is none', { UserCidr: 'all' }, '400 InvalidParameter'],
    ['a user block of shared addresses', { UserCidr: '100.65.0.0/16' }, '400 InvalidUserCidr.Malformed'],
    ['IPv6', { EnableIpv6: true }, '400 OperationUnsupported.Ipv6'],
    ['a pool', { Ipv4IpamPoolId: 'ipam-pool-1' }, '400 OperationUnsupported.Ipam'],
    ['no resource group', { ResourceGroupId: 'default' }, '404 InvalidResourceGroup.NotFound'],
    ['a tag of the system', { Tag: [{ Key: 'acs:x', Value: 'v' }] }, '400 IllegalParam.TagKey'],
  ])('is refused with %s', (_, input, answer) => {
    const vpn = localVpn();
    expect(vpn.refused('CreateVpc', { CidrBlock: BLOCK, ...input })).toBe(answer);
    expect(vpn.state.size('vpc.vpcs')).toBe(2);
  });

  test('is one of so many in its region', () => {
    const vpn = localVpn({ quotas: { vpcsPerRegion: 3 } });
    madeVpc(vpn);
    expect(vpn.refused('CreateVpc', { CidrBlock: BLOCK })).toBe('400 QuotaExceeded.Vpc');
    vpn.call('CreateVpc', { CidrBlock: BLOCK, RegionId: 'cn-shanghai' });
  });

  test('is not made by a dry run, and made once for a token', () => {
    const vpn = localVpn();
    expect(vpn.refused('CreateVpc', { CidrBlock: BLOCK, DryRun: true })).toBe('400 DryRunOperation');
    const once = vpn.call('CreateVpc', { CidrBlock: BLOCK, ClientToken: 'one' });
    expect(vpn.call('CreateVpc', { CidrBlock: BLOCK, ClientToken: 'one' })).toEqual(once);
    expect(vpn.state.size('vpc.vpcs')).toBe(3);
  });

  test('is changed at once, the file’s as well as a made one', () => {
    const vpn = localVpn();
    vpn.call('ModifyVpcAttribute', {
      VpcId: 'vpc-1',
      VpcName: 'renamed',
      Description: 'mine',
      EnableDnsHostname: true,
    });
    expect(vpcOf(vpn, 'vpc-1')).toMatchObject({
      VpcName: 'renamed',
      Description: 'mine',
      DnsHostnameStatus: 'ENABLED',
      CidrBlock: '192.168.0.0/16',
    });
    expect(vpn.refused('ModifyVpcAttribute', { VpcId: 'vpc-9' })).toBe('404 InvalidVpcId.NotFound');
    const { VpcId } = vpn.call('CreateVpc');
    expect(vpn.refused('ModifyVpcAttribute', { VpcId: VpcId!, VpcName: 'early' })).toBe('400 IncorrectVpcStatus');
  });

  test('shrinks around its vSwitches, and grows to what it was and no further', () => {
    const vpn = localVpn();
    const VpcId = madeVpc(vpn);
    madeVSwitch(vpn, VpcId);
    const change = (CidrBlock: string) => vpn.call('ModifyVpcAttribute', { VpcId, CidrBlock });
    change('10.8.0.0/20');
    expect(vpn.refused('CreateVSwitch', { VpcId, ZoneId: 'us-east-1a', CidrBlock: '10.8.64.0/24' })).toBe(
      '400 InvalidParameter',
    );
    expect(vpn.refused('ModifyVpcAttribute', { VpcId, CidrBlock: '10.8.128.0/20' })).toBe('400 InvalidCidrBlock');
    expect(vpn.refused('ModifyVpcAttribute', { VpcId, CidrBlock: '10.0.0.0/12' })).toBe('400 InvalidCidrBlock');
    change(BLOCK);
    expect(vpcOf(vpn, VpcId)['CidrBlock']).toBe(BLOCK);
  });

  test('is deleting, then gone with its table', () => {
    const vpn = localVpn();
    const VpcId = madeVpc(vpn);
    expect(vpn.refused('DeleteVpc', { VpcId, DryRun: true })).toBe('400 DryRunOperation');
    vpn.call('DeleteVpc', { VpcId });
    expect(vpcOf(vpn, VpcId)['Status']).toBe('Deleting');
    expect(vpn.refused('DeleteVpc', { VpcId })).toBe('400 IncorrectVpcStatus');
    vpn.wait(3);
    expect(vpn.refused('DescribeVpcAttribute', { VpcId })).toBe('404 InvalidVpcId.NotFound');
    expect(vpn.state.values<{ vpcId: string }>('vpc.route-tables').filter(({ vpcId }) => vpcId === VpcId)).toEqual([]);
    expect(vpn.state.size('vpc.route-tables')).toBe(2);
  });

  test.each<[what: string, put: (vpn: LocalVpn, VpcId: string) => void, code: string]>([
    ['a vSwitch', (vpn, id) => void madeVSwitch(vpn, id), 'DependencyViolation.VSwitch'],
    [
      'a security group',
      ({ state }, vpcId) => state.put('ecs.security-groups', 'sg-1', { id: 'sg-1', vpcId }),
      'DependencyViolation.SecurityGroup',
    ],
    [
      'a gateway whose vSwitch is elsewhere',
      ({ state }, vpcId) => state.put('vpc.vpn-gateways', 'vpn-1', { id: 'vpn-1', vpcId }),
      'DependencyViolation.VpnGateway',
    ],
    [
      'a basic CEN',
      ({ state }, instanceId) =>
        state.put('cbn.child-instances', 'c/v', { cenId: 'c', instanceId, status: 'Attached' }),
      'DependencyViolation.Cen',
    ],
    [
      'a custom table',
      ({ state }, vpcId) => putTable(state, { id: 'vtb-custom', vpcId, type: 'Custom' }),
      'DependencyViolation.RouteTable',
    ],
    [
      'a route',
      (vpn, VpcId) => {
        const RouteTableId = tablesOf(vpn, VpcId)[0]!['RouteTableId']!;
        vpn.call('CreateRouteEntry', { RouteTableId, DestinationCidrBlock: '10.9.0.0/16', NextHopId: 'i-1' });
      },
      'DependencyViolation.RouteEntry',
    ],
  ])('stays while it has %s', (_, put, code) => {
    const vpn = localVpn();
    const VpcId = madeVpc(vpn);
    put(vpn, VpcId);
    expect(vpn.refused('DeleteVpc', { VpcId })).toBe(`400 ${code}`);
    expect(vpcOf(vpn, VpcId)['Status']).toBe('Available');
  });
});

describe('a vSwitch', () => {
  test('is pending, then available, on its VPC’s system table', () => {
    const vpn = localVpn();
    const VpcId = madeVpc(vpn, { ResourceGroupId: 'rg-network1' });
    const { VSwitchId } = vpn.call('CreateVSwitch', {
      VpcId,
      ZoneId: 'us-east-1b',
      CidrBlock: '10.8.1.0/28',
      VSwitchName: 'apps',
      Description: 'by a call',
      Tag: [{ Key: 'owner', Value: 'ops' }],
    });
    expect(vSwitchOf(vpn, VSwitchId as string)['Status']).toBe('Pending');
    vpn.wait(3);
    expect(vSwitchOf(vpn, VSwitchId as string)).toMatchObject({
      Status: 'Available',
      VpcId,
      ZoneId: 'us-east-1b',
      CidrBlock: '10.8.1.0/28',
      AvailableIpAddressCount: 12,
      VSwitchName: 'apps',
      Description: 'by a call',
      ResourceGroupId: 'rg-network1',
      RouteTable: { RouteTableId: tablesOf(vpn, VpcId)[0]!['RouteTableId'], RouteTableType: 'System' },
      Tags: { Tag: [{ Key: 'owner', Value: 'ops' }] },
    });
    expect(vpcOf(vpn, VpcId)['VSwitchIds']).toEqual({ VSwitchId: [VSwitchId] });
  });

  test.each<[why: string, input: JsonObject, answer: string]>([
    ['in no VPC', { VpcId: 'vpc-9' }, '404 InvalidVpcId.NotFound'],
    ['in no zone', { ZoneId: 'us-east-1x' }, '404 InvalidZoneId.NotFound'],
    ['in another region’s zone', { ZoneId: 'cn-shanghai-b' }, '404 InvalidZoneId.NotFound'],
    ['of no block', { CidrBlock: '192.168.20.0' }, '400 InvalidCidrBlock.Malformed'],
    ['with bits behind its length', { CidrBlock: '192.168.20.1/24' }, '400 InvalidCidrBlock.Malformed'],
    ['too small', { CidrBlock: '192.168.20.0/30' }, '400 InvalidCirdrBlock.MaskLength'],
    ['too large', { CidrBlock: '192.0.0.0/8' }, '400 InvalidCirdrBlock.MaskLength'],
    ['outside of its VPC', { CidrBlock: '10.9.0.0/24' }, '400 InvalidParameter'],
    ['over another', { CidrBlock: '192.168.10.128/25' }, '400 InvalidCidrBlock.Overlapped'],
    ['around a route', { CidrBlock: '192.168.64.0/20' }, '400 InvalidCidrBlock.Overlapped'],
    ['on a route', { CidrBlock: '192.168.70.0/24' }, '400 InvalidCidrBlock.Overlapped'],
    ['with a name of an address', { VSwitchName: 'http://a' }, '400 InvalidVSwitchName.Malformed'],
    ['with a long description', { Description: 'x'.repeat(257) }, '400 InvalidVSwitchDiscription.Malformed'],
    ['of a block and another length', { CidrMask: 25 }, '400 InvalidCirdrBlock.MaskLength'],
    ['with IPv6', { Ipv6CidrBlock: 1 }, '400 OperationUnsupported.Ipv6'],
  ])('is refused %s', (_, input, answer) => {
    const vpn = localVpn();
    const route = { RouteTableId: 'vtb-vpc-1', DestinationCidrBlock: '192.168.70.0/24', NextHopId: 'i-1' };
    vpn.call('CreateRouteEntry', route);
    vpn.wait(2);
    const wish = { VpcId: 'vpc-1', ZoneId: 'us-east-1a', CidrBlock: '192.168.20.0/24' };
    expect(vpn.refused('CreateVSwitch', { ...wish, ...input })).toBe(answer);
  });

  test('may lie inside a route’s block', () => {
    const vpn = localVpn();
    vpn.call('CreateRouteEntry', {
      RouteTableId: 'vtb-vpc-1',
      DestinationCidrBlock: '192.168.64.0/20',
      NextHopId: 'i',
    });
    vpn.wait(2);
    expect(vSwitchOf(vpn, madeVSwitch(vpn, 'vpc-1', '192.168.70.0/24'))['Status']).toBe('Available');
  });

  test('is one of so many in its VPC', () => {
    const vpn = localVpn({ quotas: { vSwitchesPerVpc: 3 } });
    const wish = { VpcId: 'vpc-1', ZoneId: 'us-east-1a', CidrBlock: '192.168.20.0/24' };
    expect(vpn.refused('CreateVSwitch', wish)).toBe('400 QuotaExceeded.VSwitch');
  });

  test('comes and goes alone: not beside another, not beside a route, not into a VPC that is not there yet', () => {
    const vpn = localVpn();
    const VpcId = vpn.call('CreateVpc', { CidrBlock: BLOCK })['VpcId'] as string;
    const wish = (CidrBlock: string) => ({ VpcId, ZoneId: 'us-east-1a', CidrBlock });
    expect(vpn.refused('CreateVSwitch', wish('10.8.1.0/24'))).toBe('400 IncorrectVpcStatus');
    vpn.wait(3);
    const first = madeVSwitch(vpn, VpcId, '10.8.1.0/24');
    const second = vpn.call('CreateVSwitch', wish('10.8.2.0/24'))['VSwitchId'] as string;
    expect(vpn.refused('CreateVSwitch', wish('10.8.3.0/24'))).toBe('400 IncorrectVSwitchStatus');
    expect(vpn.refused('DeleteVSwitch', { VSwitchId: second })).toBe('400 IncorrectVSwitchStatus');
    expect(vpn.refused('DeleteVSwitch', { VSwitchId: first })).toBe('400 OperationDenied.OtherSubnetProcessing');
    expect(vpn.refused('ModifyVSwitchAttribute', { VSwitchId: second })).toBe('400 IncorrectVSwitchStatus');
    vpn.wait(3);
    const RouteTableId = tablesOf(vpn, VpcId)[0]!['RouteTableId']!;
    vpn.call('CreateRouteEntry', { RouteTableId, DestinationCidrBlock: '10.9.0.0/16', NextHopId: 'i-1' });
    expect(vpn.refused('DeleteVSwitch', { VSwitchId: first })).toBe('400 IncorrectRouteEntryStatus');
    expect(vpn.refused('CreateVSwitch', wish('10.8.3.0/24'))).toBe('400 IncorrectRouteEntryStatus');
  });

  test('is changed at once', () => {
    const vpn = localVpn();
    vpn.call('ModifyVSwitchAttribute', { VSwitchId: 'vsw-1a', VSwitchName: 'apps', Description: 'mine' });
    expect(vSwitchOf(vpn, 'vsw-1a')).toMatchObject({ VSwitchName: 'apps', Description: 'mine' });
    expect(vpn.refused('ModifyVSwitchAttribute', { VSwitchId: 'vsw-9' })).toBe('404 InvalidVSwitchId.NotFound');
    expect(vpn.refused('ModifyVSwitchAttribute', { VSwitchId: 'vsw-1a', EnableIPv6: true })).toBe(
      '400 OperationUnsupported.Ipv6',
    );
  });

  test('carries tags, and is found by them', () => {
    const vpn = localVpn();
    vpn.call('TagResources', { ResourceType: 'VSWITCH', ResourceId: ['vsw-1a'], Tag: [{ Key: 'k', Value: 'v' }] });
    const found = vpn.call('DescribeVSwitches', { Tag: [{ Key: 'k', Value: 'v' }] });
    expect(list(found, 'VSwitches', 'VSwitch').map(({ VSwitchId }) => VSwitchId)).toEqual(['vsw-1a']);
    const listed = vpn.call('ListTagResources', { ResourceType: 'VSwitch', ResourceId: ['vsw-1a', 'vsw-1b'] });
    expect(list(listed, 'TagResources', 'TagResource')).toEqual([
      { ResourceId: 'vsw-1a', ResourceType: 'VSWITCH', TagKey: 'k', TagValue: 'v' },
    ]);
    const elsewhere = { RegionId: 'cn-shanghai', ResourceType: 'VSWITCH', ResourceId: ['vsw-1a'] };
    expect(vpn.refused('TagResources', { ...elsewhere, Tag: [{ Key: 'k', Value: 'v' }] })).toBe(
      '404 InvalidResourceId.NotFound',
    );
  });

  test('goes when nobody holds an address of it', () => {
    const vpn = localVpn();
    const VpcId = madeVpc(vpn);
    const [a, b] = [madeVSwitch(vpn, VpcId), madeVSwitch(vpn, VpcId, '10.8.2.0/24', 'us-east-1b')];
    const placed = { VpcId, VSwitchId: a, DisasterRecoveryVSwitchId: b };
    const { VpnGatewayId } = vpn.call('CreateVpnGateway', { ...GATEWAY, ...placed });
    vpn.wait(180);
    expect(vpn.refused('DeleteVSwitch', { VSwitchId: a })).toBe('400 DependencyViolation');
    vpn.call('DeleteVpnGateway', { VpnGatewayId: VpnGatewayId! });
    expect(vpn.refused('DeleteVSwitch', { VSwitchId: a })).toBe('400 DependencyViolation');
    vpn.wait(60);
    expect(vpn.refused('DeleteVSwitch', { VSwitchId: a, DryRun: true })).toBe('400 DryRunOperation');
    vpn.call('DeleteVSwitch', { VSwitchId: a });
    expect(vSwitchOf(vpn, a)['Status']).toBe('Pending');
    vpn.wait(3);
    expect(vpn.refused('DescribeVSwitchAttributes', { VSwitchId: a })).toBe('404 InvalidVSwitchId.NotFound');
    vpn.call('DeleteVSwitch', { VSwitchId: b });
    expect(vpn.refused('DeleteVpc', { VpcId })).toBe('400 DependencyViolation.VSwitch');
    vpn.wait(3);
    vpn.call('DeleteVpc', { VpcId });
  });
});

test('a gateway wants a VPC and vSwitches that are there', () => {
  const vpn = localVpn();
  const VpcId = vpn.call('CreateVpc', { CidrBlock: BLOCK })['VpcId'] as string;
  const placed = { VpcId, VSwitchId: 'vsw-1a', DisasterRecoveryVSwitchId: 'vsw-1b' };
  expect(vpn.refused('CreateVpnGateway', { ...GATEWAY, ...placed })).toBe('400 IncorrectVpcStatus');
  vpn.wait(3);
  const a = madeVSwitch(vpn, VpcId);
  const { VSwitchId } = vpn.call('CreateVSwitch', { VpcId, ZoneId: 'us-east-1b', CidrBlock: '10.8.2.0/24' });
  const both = { VpcId, VSwitchId: a, DisasterRecoveryVSwitchId: VSwitchId! };
  expect(vpn.refused('CreateVpnGateway', { ...GATEWAY, ...both })).toBe('400 IncorrectVSwitchStatus');
  vpn.wait(3);
  vpn.call('CreateVpnGateway', { ...GATEWAY, ...both });
});

describe('resource groups', () => {
  test('a VPC, a gateway and a customer gateway are moved, and what hangs on them goes along', () => {
    const vpn = localVpn();
    const { VpnGatewayId } = vpn.call('CreateVpnGateway', { ...GATEWAY, ResourceGroupId: 'rg-first' });
    const { CustomerGatewayId } = vpn.call('CreateCustomerGateway', { IpAddress: '203.0.113.9' });
    const NewResourceGroupId = 'rg-second';
    const group = (body: JsonObject): unknown => body['ResourceGroupId'];
    expect(group(vpn.call('DescribeVpnGateway', { VpnGatewayId: VpnGatewayId! }))).toBe('rg-first');
    vpn.call('MoveResourceGroup', { ResourceType: 'vpc', ResourceId: 'vpc-1', NewResourceGroupId });
    for (const [ResourceType, InstanceId] of [
      ['VpnGateway', VpnGatewayId!],
      ['CustomerGateway', CustomerGatewayId!],
    ] as const)
      vpn.call('MoveVpnResourceGroup', { ResourceType, InstanceId, NewResourceGroupId });
    expect(group(vpn.call('DescribeVpnGateway', { VpnGatewayId: VpnGatewayId! }))).toBe('rg-second');
    expect(group(vpn.call('DescribeCustomerGateway', { CustomerGatewayId: CustomerGatewayId! }))).toBe('rg-second');
    expect(group(vSwitchOf(vpn, 'vsw-1a'))).toBe('rg-second');
    const inGroup = (action: string, ...path: string[]): number =>
      list(vpn.call(action, { ResourceGroupId: 'rg-second' }), ...path).length;
    expect([
      inGroup('DescribeVpcs', 'Vpcs', 'Vpc'),
      inGroup('DescribeVSwitches', 'VSwitches', 'VSwitch'),
      inGroup('DescribeRouteTableList', 'RouterTableList', 'RouterTableListType'),
      inGroup('DescribeVpnGateways', 'VpnGateways', 'VpnGateway'),
      inGroup('DescribeCustomerGateways', 'CustomerGateways', 'CustomerGateway'),
    ]).toEqual([1, 3, 1, 1, 1]);
  });

  test.each<[action: string, input: JsonObject, answer: string]>([
    ['MoveResourceGroup', { ResourceType: 'Eip', ResourceId: 'eip-1' }, '400 IllegalParam.ResourceType'],
    ['MoveResourceGroup', { ResourceType: 'Vpc', ResourceId: 'vpc-9' }, '404 InvalidResourceId.NotFound'],
    [
      'MoveResourceGroup',
      { ResourceType: 'Vpc', ResourceId: 'vpc-1', RegionId: 'cn-shanghai' },
      '404 InvalidResourceId.NotFound',
    ],
    ['MoveVpnResourceGroup', { ResourceType: 'VpnAttachment', InstanceId: 'a' }, '400 IllegalParam.ResourceType'],
    ['MoveVpnResourceGroup', { ResourceType: 'VpnGateway', InstanceId: 'vpn-9' }, '404 InvalidResourceId.NotFound'],
  ])('%s of %j is refused', (action, input, answer) => {
    expect(localVpn().refused(action, { ...input, NewResourceGroupId: 'rg-second' })).toBe(answer);
  });
});

describe('DescribeRouteTables', () => {
  test('gives a router’s tables with all of their entries, or those of a type', () => {
    const vpn = localVpn();
    vpn.call('CreateRouteEntry', { RouteTableId: 'vtb-vpc-2', DestinationCidrBlock: '10.9.0.0/16', NextHopId: 'i-1' });
    const read = (more: JsonObject = {}): JsonObject[] =>
      list(vpn.call('DescribeRouteTables', { VRouterId: 'vrt-2', ...more }), 'RouteTables', 'RouteTable');
    expect(read()).toMatchObject([
      { RouteTableId: 'vtb-vpc-2', RouteTableType: 'System', VSwitchIds: { VSwitchId: ['vsw-2b'] } },
    ]);
    const entries = (more: JsonObject = {}): unknown[] =>
      list(read(more)[0]!, 'RouteEntrys', 'RouteEntry').map((each) => [
        each['DestinationCidrBlock'],
        each['InstanceId'],
      ]);
    expect(entries()).toEqual([
      ['10.9.0.0/16', 'i-1'],
      ['100.64.0.0/10', ''],
      ['172.16.11.0/24', 'vsw-2b'],
    ]);
    expect(entries({ Type: 'Custom' })).toEqual([['10.9.0.0/16', 'i-1']]);
  });

  test.each<[input: JsonObject, found: number]>([
    [{ RouterId: 'vrt-1' }, 1],
    [{ RouteTableId: 'vtb-vpc-1' }, 1],
    [{ RouteTableId: 'vtb-vpc-1', RegionId: 'cn-shanghai' }, 0],
    [{ RouteTableId: 'vtb-vpc-1', RouterType: 'VBR' }, 0],
    [{ RouteTableName: 'none' }, 0],
    [{ RouterId: 'vrt-1', ResourceGroupId: 'rg-none' }, 0],
  ])('%j finds %i', (input, found) => {
    expect(localVpn().call('DescribeRouteTables', input)['TotalCount']).toBe(found);
  });

  test.each<JsonObject>([{}, { VRouterId: 'vrt-1', RouterId: 'vrt-1' }])(
    'wants one router or table, not %j',
    (input) => {
      expect(localVpn().refused('DescribeRouteTables', input)).toBe('400 MissingParam.RouterIdOrRouteTable');
    },
  );
});

test('a VPC that is coming or going takes no route', () => {
  const vpn = localVpn();
  const { VpcId, RouteTableId } = vpn.call('CreateVpc', { CidrBlock: BLOCK });
  const route = { RouteTableId: RouteTableId!, DestinationCidrBlock: '10.9.0.0/16', NextHopId: 'i-1' };
  expect(vpn.refused('CreateRouteEntry', route)).toBe('400 IncorrectVpcStatus');
  vpn.wait(3);
  vpn.call('DeleteVpc', { VpcId: VpcId! });
  expect(vpn.refused('CreateRouteEntry', route)).toBe('400 IncorrectVpcStatus');
});
