/**
 * The scenario as Terraform builds, reads, changes and destroys it: VPCs, vSwitches, gateways, connections, their routes,
 * CEN with its transit routers, publication, security groups. Two things hold: whatever is refused on the way is
 * refused by a code on which the provider tries again, and what it reads back is what it asked for, so that the plan after an
 * apply is empty. The provider itself was run so by hand (docs/local-cloud.md).
 */
import type { JsonObject } from '../../../shared/json';
import { at, cbn, ecs, provider, type Request, vpc } from './provider';

const SIDES = [
  { RegionId: 'us-east-1', zones: ['us-east-1a', 'us-east-1b'], block: 1 },
  { RegionId: 'cn-shanghai', zones: ['cn-shanghai-b', 'cn-shanghai-g'], block: 2 },
] as const;

const ids = (answers: JsonObject[], field: string): string[] => answers.map((answer) => String(answer[field]));
const both = <T>(each: (side: (typeof SIDES)[number], index: number) => T): T[] => SIDES.map(each);

const terraform = provider();
const { apply, until, read } = terraform;

const made: Record<string, string[]> = {};
const idOf = (kind: string, index: number): string => made[kind]![index]!;
/** A resource of either side: made at the same time, then waited for. */
function create(kind: string, field: string, requests: Request[]): void {
  made[kind] = ids(apply(...requests), field);
}

const DESCRIBED: Record<string, { one: (index: number) => Request; state: (string | number)[] }> = {
  vpc: { one: (i) => vpc('DescribeVpcAttribute', { ...region(i), VpcId: idOf('vpc', i) }), state: ['Status'] },
  vswitch: {
    one: (i) => vpc('DescribeVSwitchAttributes', { ...region(i % 2), VSwitchId: idOf('vswitch', i) }),
    state: ['Status'],
  },
  gateway: {
    one: (i) => vpc('DescribeVpnGateway', { ...region(i), VpnGatewayId: idOf('gateway', i) }),
    state: ['Status'],
  },
  connection: {
    one: (i) => vpc('DescribeVpnConnection', { ...region(i), VpnConnectionId: idOf('connection', i) }),
    state: ['State'],
  },
  cen: {
    one: () => cbn('DescribeCens', { Filter: [{ Key: 'CenId', Value: [idOf('cen', 0)] }] }),
    state: ['Cens', 'Cen', 0, 'Status'],
  },
  router: {
    one: (i) => cbn('ListTransitRouters', { ...region(i), TransitRouterId: idOf('router', i) }),
    state: ['TransitRouters', 0, 'Status'],
  },
  attachment: {
    one: (i) =>
      cbn('ListTransitRouterVpcAttachments', {
        ...region(i),
        CenId: idOf('cen', 0),
        TransitRouterAttachmentId: idOf('attachment', i),
      }),
    state: ['TransitRouterAttachments', 0, 'Status'],
  },
  peer: {
    one: () => cbn('ListTransitRouterPeerAttachments', { ...region(0), TransitRouterAttachmentId: idOf('peer', 0) }),
    state: ['TransitRouterAttachments', 0, 'Status'],
  },
};
function region(index: number): { RegionId: string } {
  return { RegionId: SIDES[index]!.RegionId };
}
function settle(kind: string, wanted: string | null): void {
  const { one, state } = DESCRIBED[kind]!;
  for (const index of made[kind]!.keys()) until(one(index), (body) => at(body, ...state), wanted);
}

const TUNNEL = {
  EnableDpd: true,
  EnableNatTraversal: true,
  TunnelIkeConfig: {
    IkeVersion: 'ikev2',
    IkeEncAlg: 'aes256',
    IkeAuthAlg: 'sha256',
    IkePfs: 'group14',
    Psk: 'a-key-1',
  },
  TunnelIpsecConfig: { IpsecEncAlg: 'aes256', IpsecAuthAlg: 'sha256', IpsecPfs: 'group14', IpsecLifetime: 86_400 },
};
const TAG = [{ Key: 'network', Value: 'acme' }];
const office = (index: number): string => `10.10${SIDES[index]!.block}.0.0/24`;
const route = (index: number): JsonObject => ({
  ...region(index),
  VpnGatewayId: idOf('gateway', index),
  RouteDest: office(index),
  NextHop: idOf('connection', index),
});
const policy = (index: number): JsonObject => ({ ...route(index), RouteSource: `10.${index + 1}.0.0/16`, Weight: 0 });
const omit = (input: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(input).filter(([key]) => key !== name));
const publication = (index: number): JsonObject => ({
  CenId: idOf('cen', 0),
  ChildInstanceId: idOf('vpc', index),
  ChildInstanceType: 'VPC',
  ChildInstanceRegionId: SIDES[index]!.RegionId,
  ChildInstanceRouteTableId: idOf('table', index),
  DestinationCidrBlock: office(index),
});
const link = (index: number, attachment: string): JsonObject => ({
  TransitRouterAttachmentId: attachment,
  TransitRouterRouteTableId: idOf('routerTable', index),
});
const links = (): JsonObject[] =>
  both((_, index) => [link(index, idOf('attachment', index)), link(index, idOf('peer', 0))]).flat();

test('it builds the sites', () => {
  const vpcs = both(({ RegionId, block }) =>
    vpc('CreateVpc', { RegionId, CidrBlock: `10.${block}.0.0/16`, VpcName: 'acme', Tag: TAG }),
  );
  create('vpc', 'VpcId', vpcs);
  settle('vpc', 'Available');
  made['table'] = both((_, index) =>
    String(
      at(
        read(vpc('DescribeRouteTableList', { ...region(index), VpcId: idOf('vpc', index) })),
        'RouterTableList',
        'RouterTableListType',
        0,
        'RouteTableId',
      ),
    ),
  );
  const vSwitches = [0, 1].flatMap((zone) =>
    both(({ RegionId, zones, block }, index) =>
      vpc('CreateVSwitch', {
        RegionId,
        VpcId: idOf('vpc', index),
        ZoneId: zones[zone]!,
        CidrBlock: `10.${block}.${zone}.0/24`,
        VSwitchName: 'acme',
      }),
    ),
  );
  create('vswitch', 'VSwitchId', vSwitches);
  settle('vswitch', 'Available');
  create('office', 'CustomerGatewayId', [
    ...both(({ RegionId, block }) =>
      vpc('CreateCustomerGateway', { RegionId, IpAddress: `203.0.113.1${block}`, Asn: '65001', Name: 'office' }),
    ),
  ]);
  const gateways = both(({ RegionId }, index) =>
    vpc('CreateVpnGateway', {
      RegionId,
      VpcId: idOf('vpc', index),
      VSwitchId: idOf('vswitch', index),
      DisasterRecoveryVSwitchId: idOf('vswitch', index + 2),
      Bandwidth: 10,
      InstanceChargeType: 'POSTPAY',
      AutoPay: true,
      EnableIpsec: true,
      EnableSsl: false,
      NetworkType: 'public',
      VpnType: 'Normal',
      Name: 'acme',
    }),
  );
  create('gateway', 'VpnGatewayId', gateways);
  settle('gateway', 'active');
  const tagged = (index: number) => ({ ResourceType: 'VpnGateWay', ResourceId: [idOf('gateway', index)], Tag: TAG });
  apply(...both((_, index) => vpc('TagResources', { ...region(index), ...tagged(index) })));
});

test('it builds the tunnels and both kinds of routes at once', () => {
  const connections = both(({ RegionId }, index) =>
    vpc('CreateVpnConnection', {
      RegionId,
      VpnGatewayId: idOf('gateway', index),
      LocalSubnet: '0.0.0.0/0',
      RemoteSubnet: '0.0.0.0/0',
      AutoConfigRoute: false,
      EffectImmediately: true,
      EnableTunnelsBgp: false,
      Name: 'acme',
      Tags: TAG,
      TunnelOptionsSpecification: ['master', 'slave'].map((Role) => ({
        Role,
        CustomerGatewayId: idOf('office', index),
        ...TUNNEL,
      })),
    }),
  );
  create('connection', 'VpnConnectionId', connections);
  settle('connection', 'active');
  apply(
    ...both((_, index) => vpc('CreateVpnRouteEntry', { ...route(index), Weight: 100, PublishVpc: true })),
    ...both((_, index) =>
      vpc('CreateVpnPbrRouteEntry', { ...policy(index), RouteDest: '10.200.0.0/16', PublishVpc: false }),
    ),
  );
});

test('it builds the backbone', () => {
  create('cen', 'CenId', [cbn('CreateCen', { Name: 'acme', Description: 'd', ProtectionLevel: 'REDUCED', Tag: TAG })]);
  settle('cen', 'Active');
  create('router', 'TransitRouterId', [
    ...both(({ RegionId }) =>
      cbn('CreateTransitRouter', { RegionId, CenId: idOf('cen', 0), TransitRouterName: 'acme', Tag: TAG }),
    ),
  ]);
  settle('router', 'Active');
  made['routerTable'] = both((_, index) =>
    String(
      at(
        read(
          cbn('ListTransitRouterRouteTables', {
            TransitRouterId: idOf('router', index),
            TransitRouterRouteTableType: 'System',
          }),
        ),
        'TransitRouterRouteTables',
        0,
        'TransitRouterRouteTableId',
      ),
    ),
  );
  const attachments = both(({ RegionId, zones }, index) =>
    cbn('CreateTransitRouterVpcAttachment', {
      RegionId,
      CenId: idOf('cen', 0),
      TransitRouterId: idOf('router', index),
      VpcId: idOf('vpc', index),
      AutoPublishRouteEnabled: true,
      TransitRouterAttachmentName: 'acme',
      ZoneMappings: zones.map((ZoneId, zone) => ({ ZoneId, VSwitchId: idOf('vswitch', index + 2 * zone) })),
    }),
  );
  create('attachment', 'TransitRouterAttachmentId', attachments);
  settle('attachment', 'Attached');
  create('peer', 'TransitRouterAttachmentId', [
    cbn('CreateTransitRouterPeerAttachment', {
      RegionId: 'us-east-1',
      CenId: idOf('cen', 0),
      TransitRouterId: idOf('router', 0),
      PeerTransitRouterId: idOf('router', 1),
      PeerTransitRouterRegionId: 'cn-shanghai',
      BandwidthType: 'DataTransfer',
      Bandwidth: 10,
      AutoPublishRouteEnabled: true,
      TransitRouterAttachmentName: 'acme',
    }),
  ]);
  settle('peer', 'Attached');
  apply(...links().map((each) => cbn('AssociateTransitRouterAttachmentWithRouteTable', each)));
  apply(...links().map((each) => cbn('EnableTransitRouterRouteTablePropagation', each)));
  apply(...both((_, index) => cbn('PublishRouteEntries', publication(index))));
  for (const index of [0, 1])
    until(
      cbn('DescribePublishedRouteEntries', publication(index)),
      (body) => at(body, 'PublishedRouteEntries', 'PublishedRouteEntry', 0, 'PublishStatus'),
      'Published',
    );
});

test('it builds the security groups', () => {
  create('group', 'SecurityGroupId', [
    ...both(({ RegionId }, index) =>
      ecs('CreateSecurityGroup', { RegionId, VpcId: idOf('vpc', index), SecurityGroupName: 'acme', Description: 'd' }),
    ),
  ]);
  const rule = { IpProtocol: 'tcp', NicType: 'intranet', Policy: 'accept', PortRange: '443/443', Priority: '1' };
  const Permissions = [{ ...rule, SourceCidrIp: '10.0.0.0/8' }];
  apply(
    ...both((_, index) =>
      ecs('AuthorizeSecurityGroup', { ...region(index), SecurityGroupId: idOf('group', index), Permissions }),
    ),
  );
});

/** What the provider compares with the file: as it reads it, not as it was sent. */
test('the plan after the apply is empty', () => {
  const one = (kind: string) => read(DESCRIBED[kind]!.one(0));
  expect(one('vpc')).toMatchObject({
    CidrBlock: '10.1.0.0/16',
    VpcName: 'acme',
    Tags: { Tag: TAG },
    SecondaryCidrBlocks: { SecondaryCidrBlock: [] },
    UserCidrs: { UserCidr: [] },
    ClassicLinkEnabled: false,
    DnsHostnameStatus: 'DISABLED',
  });
  // Pay-as-you-go under its old name: the provider would plan a new gateway for any other.
  expect(one('gateway')).toMatchObject({
    ChargeType: 'PostpayByFlow',
    Spec: '10M',
    NetworkType: 'public',
    VpnType: 'Normal',
    IpsecVpn: 'enable',
    SslVpn: 'disable',
    AutoPropagate: false,
    VSwitchId: idOf('vswitch', 0),
    DisasterRecoveryVSwitchId: idOf('vswitch', 2),
    Tags: { Tag: TAG },
  });
  const connection = one('connection');
  expect(connection).toMatchObject({ LocalSubnet: '0.0.0.0/0', EffectImmediately: true, EnableTunnelsBgp: false });
  const tunnels = at(connection, 'TunnelOptionsSpecification', 'TunnelOptions') as JsonObject[];
  expect(tunnels.map(({ Role }) => Role)).toEqual(['master', 'slave']);
  expect(tunnels[0]).toMatchObject({
    CustomerGatewayId: idOf('office', 0),
    TunnelIkeConfig: { Psk: 'a-key-1', IkeVersion: 'ikev2', IkeMode: 'main', IkeLifetime: '86400' },
    TunnelIpsecConfig: { IpsecPfs: 'group14', IpsecLifetime: '86400' },
  });
  const entries = read(
    vpc('DescribeVpnRouteEntries', { ...region(0), VpnGatewayId: idOf('gateway', 0), PageSize: 20 }),
  );
  expect(at(entries, 'VpnRouteEntries', 'VpnRouteEntry')).toMatchObject([
    { RouteDest: office(0), NextHop: idOf('connection', 0), Weight: 100, State: 'published' },
  ]);
  expect(at(one('attachment'), 'TransitRouterAttachments', 0)).toMatchObject({
    AutoPublishRouteEnabled: true,
    ChargeType: 'POSTPAY',
    ZoneMappings: [{ ZoneId: 'us-east-1a' }, { ZoneId: 'us-east-1b' }],
  });
  expect(at(one('peer'), 'TransitRouterAttachments', 0)).toMatchObject({
    Bandwidth: 10,
    BandwidthType: 'DataTransfer',
    AutoPublishRouteEnabled: true,
    PeerTransitRouterRegionId: 'cn-shanghai',
  });
  const SecurityGroupId = idOf('group', 0);
  const rules = read(
    ecs('DescribeSecurityGroupAttribute', { ...region(0), SecurityGroupId, Direction: 'ingress', NicType: 'intranet' }),
  );
  expect(at(rules, 'Permissions', 'Permission')).toMatchObject([
    { IpProtocol: 'TCP', PortRange: '443/443', SourceCidrIp: '10.0.0.0/8', Policy: 'Accept', Priority: '1' },
  ]);
});

test('it changes names and bandwidth where they stand', () => {
  apply(
    ...both((_, index) => vpc('ModifyVpcAttribute', { ...region(index), VpcId: idOf('vpc', index), VpcName: 'two' })),
    ...both((_, index) =>
      vpc('ModifyVpnGatewayAttribute', { ...region(index), VpnGatewayId: idOf('gateway', index), Name: 'two' }),
    ),
    cbn('ModifyCenAttribute', { CenId: idOf('cen', 0), Name: 'two' }),
  );
  settle('gateway', 'active');
  settle('cen', 'Active');
  // By a parameter, RouteSource, that no reference has.
  const named = (index: number) => ({ ...omit(policy(index), 'Weight'), RouteDest: '10.200.0.0/16', RouteType: 'pbr' });
  apply(...both((_, index) => vpc('PublishVpnRouteEntry', { ...named(index), PublishVpc: true })));
  settle('gateway', 'active');
  apply(...both((_, index) => vpc('PublishVpnRouteEntry', { ...named(index), PublishVpc: false })));
  apply(
    ...both((_, index) =>
      cbn('UpdateTransitRouter', {
        ...region(index),
        TransitRouterId: idOf('router', index),
        TransitRouterName: 'two',
      }),
    ),
    cbn('UpdateTransitRouterPeerAttachmentAttribute', { TransitRouterAttachmentId: idOf('peer', 0), Bandwidth: 20 }),
  );
  settle('peer', 'Attached');
  expect(at(read(DESCRIBED['peer']!.one(0)), 'TransitRouterAttachments', 0, 'Bandwidth')).toBe(20);
});

test('it destroys everything, users before what they use', () => {
  apply(...both((_, index) => cbn('WithdrawPublishedRouteEntries', publication(index))));
  apply(...links().map((each) => cbn('DisableTransitRouterRouteTablePropagation', each)));
  apply(...links().map((each) => cbn('DissociateTransitRouterAttachmentFromRouteTable', each)));
  const removed = (TransitRouterAttachmentId: string) => ({ TransitRouterAttachmentId });
  apply(
    cbn('DeleteTransitRouterPeerAttachment', removed(idOf('peer', 0))),
    ...both((_, index) => cbn('DeleteTransitRouterVpcAttachment', removed(idOf('attachment', index)))),
    ...both((_, index) => vpc('DeleteVpnRouteEntry', { ...route(index), Weight: 100 })),
    ...both((_, index) => vpc('DeleteVpnPbrRouteEntry', { ...policy(index), RouteDest: '10.200.0.0/16' })),
  );
  settle('peer', null);
  settle('attachment', null);
  apply(
    ...both((_, index) => cbn('DeleteTransitRouter', { TransitRouterId: idOf('router', index) })),
    ...both((_, index) => vpc('DeleteVpnConnection', { ...region(index), VpnConnectionId: idOf('connection', index) })),
  );
  settle('connection', null);
  settle('router', null);
  apply(
    cbn('DeleteCen', { CenId: idOf('cen', 0) }),
    ...both((_, index) => vpc('DeleteVpnGateway', { ...region(index), VpnGatewayId: idOf('gateway', index) })),
    ...both((_, index) => vpc('DeleteCustomerGateway', { ...region(index), CustomerGatewayId: idOf('office', index) })),
    ...both((_, index) => ecs('DeleteSecurityGroup', { ...region(index), SecurityGroupId: idOf('group', index) })),
  );
  settle('cen', null);
  settle('gateway', null);
  apply(
    ...made['vswitch']!.map((VSwitchId, index) => vpc('DeleteVSwitch', { ...region(index % 2), VSwitchId })),
    ...both((_, index) => vpc('DeleteVpc', { ...region(index), VpcId: idOf('vpc', index) })),
  );
  settle('vswitch', null);
  settle('vpc', null);
  const left = [...terraform.world.state.snapshot()].filter(({ collection }) => /^(vpc|cbn|ecs)\./.test(collection));
  expect(left.map(({ collection }) => collection).filter((each) => each !== 'cbn.opened-services')).toEqual([]);
});

test('what was refused on the way passed: these, and no others', () => {
  expect([...terraform.passed].sort()).toEqual([
    'AssociateTransitRouterAttachmentWithRouteTable Operation.Blocking',
    'CreateTransitRouter Operation.Blocking',
    'CreateTransitRouterVpcAttachment Operation.Blocking',
    'CreateVSwitch IncorrectVSwitchStatus',
    'CreateVpnPbrRouteEntry VpnGateway.Configuring',
    'DeleteTransitRouter Operation.Blocking',
    'DeleteTransitRouterPeerAttachment Operation.Blocking',
    'DeleteTransitRouterVpcAttachment Operation.Blocking',
    'DeleteVSwitch OperationDenied.OtherSubnetProcessing',
    'DeleteVpc DependencyViolation.VSwitch',
    'DeleteVpnPbrRouteEntry VpnGateway.Configuring',
    'DisableTransitRouterRouteTablePropagation Operation.Blocking',
    'DissociateTransitRouterAttachmentFromRouteTable Operation.Blocking',
    'EnableTransitRouterRouteTablePropagation Operation.Blocking',
    'PublishRouteEntries Operation.Blocking',
    'UpdateTransitRouter Operation.Blocking',
    'UpdateTransitRouterPeerAttachmentAttribute Operation.Blocking',
    'WithdrawPublishedRouteEntries InvalidOperation.CenInstanceStatus',
  ]);
});
