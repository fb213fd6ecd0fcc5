/** What the services answer of an account that was stated, not made by calls. */
import { parseAccount, seedAccount } from '../../../../local/world/account';
import { isClosed } from '../../../../local/world/account/closed-services';
import { type Product, VERSIONS } from '../../../../local/world/rpc/action';
import { rpcActions, rpcEffects } from '../../../../local/world/rpc/registry';
import { type RpcOutput, rpcService } from '../../../../local/world/rpc/service';
import { inProcessWorld } from '../../../in-process/in-process-world';

const ACCOUNT = `version: 1
accountId: "1234567890123456"
region: us-east-1
accessKey: {id: LTAI5tTrunklineLocal0001, secret: a-secret-of-sixteen-and-more}
services: {transitRouter: false}
roles: [network-admin]
vpcs:
  - id: vpc-a
    region: us-east-1
    name: a
    cidrs: [10.0.0.0/16, 10.1.0.0/16]
    customRouteTables: [vtb-own]
    vSwitches:
      - {id: vsw-1, zone: us-east-1a, cidr: 10.0.1.0/24}
      - {id: vsw-2, zone: us-east-1b, cidr: 10.1.1.0/24, routeTable: vtb-own}
  - {id: unprefixed, region: cn-shanghai, cidrs: [10.2.0.0/16]}
securityGroups:
  - id: sg-a
    vpc: vpc-a
    rules:
      - {protocol: tcp, ports: 443/443, cidr: 10.9.0.0/16}
      - {direction: egress, protocol: all, cidr: 0.0.0.0/0, policy: drop, priority: 100}
instances:
  - {id: i-1, vSwitch: vsw-1, address: 10.0.1.9, securityGroups: [sg-a]}
cens:
  - {id: cen-old, edition: Basic, name: old, attachments: [vpc-a]}
bandwidthPackages:
  - {id: cenbwp-1, bandwidthMbps: 20, areas: [north-america, china]}
secrets:
  - {region: cn-shanghai, name: acme/key, value: the-key}
`;

function seeded() {
  const { account, problems } = parseAccount(ACCOUNT, 'account.yaml');
  if (!account) throw new Error(JSON.stringify(problems));
  const { world, clock, caller, serve } = inProcessWorld({ rpc: rpcService(rpcActions, rpcEffects) });
  seedAccount(world.state, account, clock.now());
  return (product: Product, action: string, parameters: Record<string, string> = {}) => {
    const input = { product, version: VERSIONS[product], action, parameters };
    const { status, body } = serve({ service: 'rpc', caller, input }) as RpcOutput;
    return { status, ...body };
  };
}

test('VPCs have their system table, whose id follows from theirs, and vSwitches the table that they are bound to', () => {
  const ask = seeded();
  expect(ask('vpc', 'DescribeRouteTableList', { RegionId: 'us-east-1', VpcId: 'vpc-a' })).toMatchObject({
    RouterTableList: {
      RouterTableListType: [
        {
          RouteTableId: 'vtb-a',
          RouteTableType: 'System',
          RoutePropagationEnable: true,
          VSwitchIds: { VSwitchId: ['vsw-1'] },
        },
        { RouteTableId: 'vtb-own', RouteTableType: 'Custom', VSwitchIds: { VSwitchId: ['vsw-2'] } },
      ],
    },
  });
  expect(ask('vpc', 'DescribeRouteTableList', { RegionId: 'cn-shanghai' })).toMatchObject({
    RouterTableList: { RouterTableListType: [{ RouteTableId: 'vtb-unprefixed', RouteTableType: 'System' }] },
  });
});

test('an instance takes an address of its vSwitch: the /24 has 252 to give', () => {
  const ask = seeded();
  expect(ask('vpc', 'DescribeVSwitches', { RegionId: 'us-east-1' })).toMatchObject({
    VSwitches: {
      VSwitch: [
        { VSwitchId: 'vsw-1', AvailableIpAddressCount: 251 },
        { VSwitchId: 'vsw-2', AvailableIpAddressCount: 252 },
      ],
    },
  });
});

test('an address tells its groups, and the groups their rules', () => {
  const ask = seeded();
  expect(
    ask('ecs', 'DescribeNetworkInterfaces', { RegionId: 'us-east-1', 'PrivateIpAddress.1': '10.0.1.9' }),
  ).toMatchObject({
    NetworkInterfaceSets: {
      NetworkInterfaceSet: [{ InstanceId: 'i-1', VSwitchId: 'vsw-1', SecurityGroupIds: { SecurityGroupId: ['sg-a'] } }],
    },
  });
  expect(
    ask('ecs', 'DescribeSecurityGroupAttribute', { RegionId: 'us-east-1', SecurityGroupId: 'sg-a' }),
  ).toMatchObject({
    VpcId: 'vpc-a',
    Permissions: {
      Permission: [
        {
          Direction: 'ingress',
          IpProtocol: 'TCP',
          PortRange: '443/443',
          SourceCidrIp: '10.9.0.0/16',
          Policy: 'Accept',
        },
        { Direction: 'egress', IpProtocol: 'ALL', DestCidrIp: '0.0.0.0/0', Policy: 'Drop', Priority: '100' },
      ],
    },
  });
});

test('a basic CEN has its VPCs and, in their regions, its routers', () => {
  const ask = seeded();
  expect(ask('cbn', 'DescribeCenAttachedChildInstances', { CenId: 'cen-old' })).toMatchObject({
    ChildInstances: { ChildInstance: [{ ChildInstanceId: 'vpc-a', Status: 'Attached' }] },
  });
  expect(ask('cbn', 'ListTransitRouters', { CenId: 'cen-old' })).toMatchObject({
    TransitRouters: [{ RegionId: 'us-east-1', Type: 'Basic', Status: 'Active' }],
  });
});

test('a service that was not opened is refused until it is; opening one that was names when', () => {
  const ask = seeded();
  expect(ask('cbn', 'CheckTransitRouterService').status).not.toBe(200);
  const first = ask('cbn', 'OpenTransitRouterService');
  expect(first).toMatchObject({ status: 200, OrderId: expect.stringMatching(/^\d{13}$/) });
  expect(ask('cbn', 'OpenTransitRouterService')).toEqual(first);
});

test('a service that the file opened was opened at the beginning', () => {
  const { account } = parseAccount(ACCOUNT.replace('transitRouter: false', 'crossBorder: true'), 'account.yaml');
  const { world, clock } = inProcessWorld();
  seedAccount(world.state, account!, clock.now());
  expect(world.state.values('cbn.opened-services')).toEqual([
    { name: 'transit-router', openedAt: clock.now() },
    { name: 'cross-border', openedAt: clock.now() },
  ]);
});

test('services that the file says were never opened are closed, and the others are not', () => {
  const services = 'services: {oss: false, kms: false, eventBridge: false}';
  const { account } = parseAccount(ACCOUNT.replace('services: {transitRouter: false}', services), 'account.yaml');
  const { world, clock } = inProcessWorld();
  seedAccount(world.state, account!, clock.now());
  const names = ['functionCompute', 'oss', 'tablestore', 'smq', 'kms', 'eventBridge'] as const;
  expect(names.filter((name) => isClosed(world, name))).toEqual(['oss', 'kms', 'eventBridge']);
});

test('a package joins two areas and is bound to nothing', () => {
  expect(seeded()('cbn', 'DescribeCenBandwidthPackages')).toMatchObject({
    CenBandwidthPackages: {
      CenBandwidthPackage: [
        { CenBandwidthPackageId: 'cenbwp-1', Bandwidth: 20, Status: 'Idle', GeographicSpanId: 'north-america_china' },
      ],
    },
  });
});

test('a secret is in its region only', () => {
  const ask = seeded();
  const secret = { SecretName: 'acme/key' };
  expect(ask('kms', 'GetSecretValue', { ...secret, RegionId: 'cn-shanghai' })).toMatchObject({ SecretData: 'the-key' });
  expect(ask('kms', 'GetSecretValue', secret)).toMatchObject({ status: 404, Code: 'Forbidden.ResourceNotFound' });
});

test('a role that the file does not name does not exist', () => {
  const ask = seeded();
  const role = (name: string) => ({ RoleArn: `acs:ram::1234567890123456:role/${name}`, RoleSessionName: 'test' });
  expect(ask('sts', 'AssumeRole', role('network-admin')).status).toBe(200);
  expect(ask('sts', 'AssumeRole', role('nobody'))).toMatchObject({ status: 404, Code: 'EntityNotExist.Role' });
});
