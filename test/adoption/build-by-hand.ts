/** The example's network as somebody builds it in the console: no name, tag or key of it is Trunkline's. */

export type Call = (
  service: 'vpc' | 'cbn' | 'ecs',
  region: string | null,
  action: string,
  parameters: Record<string, unknown>,
) => Promise<Record<string, unknown>>;

interface Side {
  region: string;
  vpc: string;
  cidr: string;
  vSwitches: [id: string, zone: string][];
  group: string;
  ports: string[];
  offices: { name: string; address: string; cidr: string }[];
}

const SIDES: [Side, Side] = [
  {
    region: 'us-east-1',
    vpc: 'vpc-virginia',
    cidr: '192.168.0.0/16',
    vSwitches: [
      ['vsw-va-a', 'us-east-1a'],
      ['vsw-va-b', 'us-east-1b'],
    ],
    group: 'sg-orders',
    ports: ['443/443'],
    offices: [
      { name: 'New York', address: '203.0.113.11', cidr: '10.10.10.0/24' },
      { name: 'Boston', address: '203.0.113.12', cidr: '10.10.20.0/24' },
    ],
  },
  {
    region: 'cn-shanghai',
    vpc: 'vpc-shanghai',
    cidr: '172.16.0.0/16',
    vSwitches: [
      ['vsw-sh-a', 'cn-shanghai-b'],
      ['vsw-sh-b', 'cn-shanghai-g'],
    ],
    group: 'sg-crm',
    ports: ['443/443', '8443/8443'],
    offices: [
      { name: 'Pudong', address: '198.51.100.13', cidr: '10.20.10.0/24' },
      { name: 'Suzhou', address: '198.51.100.14', cidr: '10.20.20.0/24' },
    ],
  },
];

/** `wait` lets the cloud come to rest. The CEN instance's id. */
export async function buildByHand(call: Call, wait: () => Promise<void>): Promise<string> {
  const cen = String((await call('cbn', null, 'CreateCen', { Name: 'backbone' }))['CenId']);
  const routers: Router[] = [];
  for (const side of SIDES) {
    await buildOffices(side, call, wait);
    routers.push(await attach(side, cen, { call, wait }));
  }
  const [near, far] = routers as [Router, Router];
  const { TransitRouterAttachmentId: peer } = await call('cbn', null, 'CreateTransitRouterPeerAttachment', {
    CenId: cen,
    RegionId: SIDES[0].region,
    TransitRouterId: near.id,
    PeerTransitRouterId: far.id,
    PeerTransitRouterRegionId: SIDES[1].region,
    AutoPublishRouteEnabled: true,
    BandwidthType: 'DataTransfer',
    Bandwidth: 10,
    TransitRouterAttachmentName: 'across-the-pacific',
  });
  await wait();
  for (const { table, attachment } of routers)
    for (const TransitRouterAttachmentId of [attachment, peer]) {
      const binding = { TransitRouterAttachmentId, TransitRouterRouteTableId: table };
      await call('cbn', null, 'AssociateTransitRouterAttachmentWithRouteTable', binding);
      await wait();
      await call('cbn', null, 'EnableTransitRouterRouteTablePropagation', binding);
      await wait();
    }
  await publish(cen, call, wait);
  for (const side of SIDES) await letIn(side, call);
  return cen;
}

async function buildOffices(side: Side, call: Call, wait: () => Promise<void>): Promise<void> {
  const { region, vpc, vSwitches, offices } = side;
  const { VpnGatewayId } = await call('vpc', region, 'CreateVpnGateway', {
    VpcId: vpc,
    VSwitchId: vSwitches[0]?.[0],
    DisasterRecoveryVSwitchId: vSwitches[1]?.[0],
    Bandwidth: 100,
    EnableIpsec: true,
    InstanceChargeType: 'POSTPAY',
    AutoPay: true,
    Name: `gateway-${region}`,
  });
  await wait();
  for (const { name, address, cidr } of offices) {
    const { CustomerGatewayId } = await call('vpc', region, 'CreateCustomerGateway', {
      IpAddress: address,
      Name: name,
    });
    const { VpnConnectionId } = await call('vpc', region, 'CreateVpnConnection', {
      VpnGatewayId,
      LocalSubnet: '0.0.0.0/0',
      RemoteSubnet: cidr,
      Name: name,
      AutoConfigRoute: false,
      EffectImmediately: true,
      TunnelOptionsSpecification: ['master', 'slave'].map((Role) => ({
        Role,
        CustomerGatewayId,
        EnableDpd: true,
        EnableNatTraversal: true,
        TunnelIkeConfig: { Psk: `known-in-${address}`, IkeVersion: 'ikev2', ...algorithms('Ike'), IkeLifetime: 86_400 },
        TunnelIpsecConfig: { ...algorithms('Ipsec'), IpsecLifetime: 86_400 },
      })),
    });
    await wait();
    const route = { VpnGatewayId, RouteDest: cidr, NextHop: VpnConnectionId, Weight: 100, PublishVpc: true };
    await call('vpc', region, 'CreateVpnRouteEntry', route);
    await wait();
  }
}

const algorithms = (phase: string): Record<string, string> => ({
  [`${phase}EncAlg`]: 'aes256',
  [`${phase}AuthAlg`]: 'sha256',
  [`${phase}Pfs`]: 'group14',
});

interface Router {
  id: string;
  table: string;
  attachment: string;
}

async function attach(
  { region, vpc, vSwitches }: Side,
  cen: string,
  { call, wait }: { call: Call; wait: () => Promise<void> },
): Promise<Router> {
  const made = await call('cbn', null, 'CreateTransitRouter', { CenId: cen, RegionId: region });
  const id = String(made['TransitRouterId']);
  await wait();
  const tables = await call('cbn', null, 'ListTransitRouterRouteTables', { TransitRouterId: id });
  const [table] = tables['TransitRouterRouteTables'] as { TransitRouterRouteTableId: string }[];
  const { TransitRouterAttachmentId } = await call('cbn', null, 'CreateTransitRouterVpcAttachment', {
    CenId: cen,
    RegionId: region,
    TransitRouterId: id,
    VpcId: vpc,
    ZoneMappings: vSwitches.map(([VSwitchId, ZoneId]) => ({ ZoneId, VSwitchId })),
    AutoPublishRouteEnabled: true,
    ChargeType: 'POSTPAY',
    TransitRouterAttachmentName: `attachment-${region}`,
  });
  await wait();
  return { id, table: table?.TransitRouterRouteTableId ?? '', attachment: String(TransitRouterAttachmentId) };
}

async function publish(cen: string, call: Call, wait: () => Promise<void>): Promise<void> {
  for (const { region, vpc, offices } of SIDES) {
    const listed = await call('vpc', region, 'DescribeRouteTableList', { VpcId: vpc, RouteTableType: 'System' });
    const { RouterTableListType } = listed['RouterTableList'] as { RouterTableListType: { RouteTableId: string }[] };
    for (const { cidr } of offices) {
      await call('cbn', null, 'PublishRouteEntries', {
        CenId: cen,
        ChildInstanceId: vpc,
        ChildInstanceType: 'VPC',
        ChildInstanceRegionId: region,
        ChildInstanceRouteTableId: RouterTableListType[0]?.RouteTableId,
        DestinationCidrBlock: cidr,
      });
      await wait();
    }
  }
}

/** Every office, and the other VPC. */
async function letIn({ region, vpc, group, ports }: Side, call: Call): Promise<void> {
  const sources = [
    ...SIDES.flatMap(({ offices }) => offices.map(({ cidr }) => cidr)),
    ...SIDES.filter((other) => other.vpc !== vpc).map(({ cidr }) => cidr),
  ];
  const Permissions = sources.flatMap((SourceCidrIp) =>
    ports.map((PortRange) => ({
      IpProtocol: 'TCP',
      PortRange,
      SourceCidrIp,
      Policy: 'accept',
      Priority: '1',
      NicType: 'intranet',
      Description: 'by hand',
    })),
  );
  await call('ecs', region, 'AuthorizeSecurityGroup', { SecurityGroupId: group, Permissions });
}
