import { cidr, type Ipv4 } from '../../../shared/cidr';

import type { Desired } from '../../../shared/plan/desired';
import { desiredResources } from '../../../shared/plan/desired-resources';
import type { Topology } from '../../../shared/topology/topology';
import { basicExample, example, office } from './topologies';

const ids = (topology: Topology): string[] => desiredResources(topology).map(({ id }) => id);
const idsOf = (topology: Topology, kind: Desired['kind']): string[] =>
  desiredResources(topology).flatMap(({ id, desired }) => (desired.kind === kind ? [id] : []));
const find = (topology: Topology, id: string) => desiredResources(topology).find((resource) => resource.id === id);

describe('the scenario', () => {
  test('is these resources, in this order', () => {
    expect(ids(example())).toEqual([
      'cen-route/office-1/10.10.10.0/24',
      'cen-route/office-2/10.10.20.0/24',
      'cen-route/office-3/10.20.10.0/24',
      'cen-route/office-4/10.20.20.0/24',
      'cen/acme-global',
      'customer-gateway/cn-shanghai/198.51.100.13',
      'customer-gateway/cn-shanghai/198.51.100.14',
      'customer-gateway/us-east-1/203.0.113.11',
      'customer-gateway/us-east-1/203.0.113.12',
      'peer-attachment/cn-shanghai/us-east-1',
      'pre-shared-key/office-1',
      'pre-shared-key/office-2',
      'pre-shared-key/office-3',
      'pre-shared-key/office-4/acme/office-4',
      'route-table-association/peer-attachment/cn-shanghai/us-east-1/cn-shanghai',
      'route-table-association/peer-attachment/cn-shanghai/us-east-1/us-east-1',
      'route-table-association/vpc-attachment/shanghai/cn-shanghai',
      'route-table-association/vpc-attachment/virginia/us-east-1',
      'route-table-propagation/peer-attachment/cn-shanghai/us-east-1/cn-shanghai',
      'route-table-propagation/peer-attachment/cn-shanghai/us-east-1/us-east-1',
      'route-table-propagation/vpc-attachment/shanghai/cn-shanghai',
      'route-table-propagation/vpc-attachment/virginia/us-east-1',
      'security-group-rules/cn-shanghai/sg-crm',
      'security-group-rules/us-east-1/sg-orders',
      'transit-router/cn-shanghai',
      'transit-router/us-east-1',
      'vpc-attachment/shanghai',
      'vpc-attachment/virginia',
      'vpn-connection/office-1',
      'vpn-connection/office-2',
      'vpn-connection/office-3',
      'vpn-connection/office-4',
      'vpn-gateway/shanghai',
      'vpn-gateway/virginia',
      'vpn-route/office-1/10.10.10.0/24',
      'vpn-route/office-2/10.10.20.0/24',
      'vpn-route/office-3/10.20.10.0/24',
      'vpn-route/office-4/10.20.20.0/24',
    ]);
  });

  test.each([
    [
      'vpn-gateway/virginia',
      [],
      {
        kind: 'vpn-gateway',
        region: 'us-east-1',
        vpcId: 'vpc-virginia',
        vSwitchIds: ['vsw-va-a', 'vsw-va-b'],
        bandwidthMbps: 100,
      },
    ],
    [
      'vpn-connection/office-1',
      ['customer-gateway/us-east-1/203.0.113.11', 'pre-shared-key/office-1', 'vpn-gateway/virginia'],
      {
        kind: 'vpn-connection',
        region: 'us-east-1',
        gateway: 'vpn-gateway/virginia',
        customerGateway: 'customer-gateway/us-east-1/203.0.113.11',
        presharedKey: 'pre-shared-key/office-1',
        cloudSide: ['0.0.0.0/0'],
        officeSide: ['10.10.10.0/24'],
        tunnel: { ike: 'ikev2', encryption: 'aes256', authentication: 'sha256', dhGroup: 'group14' },
      },
    ],
    [
      'vpn-route/office-3/10.20.10.0/24',
      ['vpn-connection/office-3', 'vpn-gateway/shanghai'],
      {
        kind: 'vpn-route',
        region: 'cn-shanghai',
        gateway: 'vpn-gateway/shanghai',
        connection: 'vpn-connection/office-3',
        destination: '10.20.10.0/24',
      },
    ],
    [
      // Published from the system table, so the entry must stand there and the VPC be attached.
      'cen-route/office-3/10.20.10.0/24',
      ['cen/acme-global', 'vpc-attachment/shanghai', 'vpn-route/office-3/10.20.10.0/24'],
      {
        kind: 'cen-route',
        cen: 'cen/acme-global',
        region: 'cn-shanghai',
        vpcId: 'vpc-shanghai',
        destination: '10.20.10.0/24',
      },
    ],
    [
      'vpc-attachment/shanghai',
      ['cen/acme-global', 'transit-router/cn-shanghai'],
      {
        kind: 'vpc-attachment',
        cen: 'cen/acme-global',
        router: 'transit-router/cn-shanghai',
        region: 'cn-shanghai',
        vpcId: 'vpc-shanghai',
        zones: [
          { zone: 'cn-shanghai-b', vSwitchId: 'vsw-sh-a' },
          { zone: 'cn-shanghai-g', vSwitchId: 'vsw-sh-b' },
        ],
      },
    ],
    [
      'peer-attachment/cn-shanghai/us-east-1',
      ['cen/acme-global', 'transit-router/cn-shanghai', 'transit-router/us-east-1'],
      {
        kind: 'peer-attachment',
        cen: 'cen/acme-global',
        router: 'transit-router/cn-shanghai',
        region: 'cn-shanghai',
        peerRouter: 'transit-router/us-east-1',
        peerRegion: 'us-east-1',
        bandwidthMbps: 10,
        bandwidthPackage: null,
      },
    ],
    [
      // The far side of the peer attachment: its own router's table.
      'route-table-propagation/peer-attachment/cn-shanghai/us-east-1/us-east-1',
      ['peer-attachment/cn-shanghai/us-east-1', 'transit-router/us-east-1'],
      {
        kind: 'route-table-propagation',
        region: 'us-east-1',
        router: 'transit-router/us-east-1',
        attachment: 'peer-attachment/cn-shanghai/us-east-1',
      },
    ],
    ['cen/acme-global', [], { kind: 'cen', existingId: null }],
    [
      'pre-shared-key/office-1',
      [],
      { kind: 'pre-shared-key', region: 'us-east-1', secretName: 'acme-global/office-1', provided: false },
    ],
    [
      'pre-shared-key/office-4/acme/office-4',
      [],
      { kind: 'pre-shared-key', region: 'cn-shanghai', secretName: 'acme/office-4', provided: true },
    ],
    [
      'security-group-rules/us-east-1/sg-orders',
      [],
      {
        kind: 'security-group-rules',
        region: 'us-east-1',
        securityGroupId: 'sg-orders',
        rules: ['10.10.10.0/24', '10.10.20.0/24', '172.16.0.0/16'].map((source) => ({
          source,
          port: { protocol: 'tcp', first: 443, last: 443 },
        })),
      },
    ],
  ])('%s needs %j and is as the file says', (id, needs, desired) => {
    expect(find(example(), id)).toEqual({ id, needs, desired });
  });
});

describe('the basic edition', () => {
  test('attaches the VPCs to the given CEN and sets the bandwidth between the regions', () => {
    const cenSide = desiredResources(basicExample()).filter(({ desired }) =>
      ['cen', 'cen-child-instance', 'bandwidth-package', 'inter-region-bandwidth'].includes(desired.kind),
    );
    expect(cenSide).toEqual([
      {
        id: 'bandwidth-package/cenbwp-acme',
        desired: { kind: 'bandwidth-package', cen: 'cen/acme-global', packageId: 'cenbwp-acme' },
        needs: ['cen/acme-global'],
      },
      {
        id: 'cen-child-instance/shanghai',
        desired: { kind: 'cen-child-instance', cen: 'cen/acme-global', region: 'cn-shanghai', vpcId: 'vpc-shanghai' },
        needs: ['cen/acme-global'],
      },
      {
        id: 'cen-child-instance/virginia',
        desired: { kind: 'cen-child-instance', cen: 'cen/acme-global', region: 'us-east-1', vpcId: 'vpc-virginia' },
        needs: ['cen/acme-global'],
      },
      { id: 'cen/acme-global', desired: { kind: 'cen', existingId: 'cen-acme' }, needs: [] },
      {
        id: 'inter-region-bandwidth/cn-shanghai/us-east-1',
        desired: {
          kind: 'inter-region-bandwidth',
          cen: 'cen/acme-global',
          regions: ['cn-shanghai', 'us-east-1'],
          bandwidthMbps: 10,
        },
        needs: [
          'bandwidth-package/cenbwp-acme',
          'cen-child-instance/shanghai',
          'cen-child-instance/virginia',
          'cen/acme-global',
        ],
      },
    ]);
    expect(find(basicExample(), 'cen-route/office-1/10.10.10.0/24')?.needs).toEqual([
      'cen-child-instance/virginia',
      'cen/acme-global',
      'vpn-route/office-1/10.10.10.0/24',
    ]);
  });

  test('has no transit routers, and no entries in custom tables, which CEN could not complete', () => {
    const topology = basicExample();
    for (const vSwitch of topology.vpcs[0]!.vSwitches) vSwitch.routeTable = 'vtb-custom';
    expect(ids(topology).filter((id) => /transit-router|attachment|vpc-route/.test(id))).toEqual([]);
  });

  test('binds no bandwidth package where the file names none', () => {
    const { backbone, ...rest } = basicExample();
    const topology = { ...rest, backbone: { ...backbone, bandwidthPackage: null } };
    expect(idsOf(topology, 'bandwidth-package')).toEqual([]);
    expect(find(topology, 'inter-region-bandwidth/cn-shanghai/us-east-1')?.needs).toEqual([
      'cen-child-instance/shanghai',
      'cen-child-instance/virginia',
      'cen/acme-global',
    ]);
  });
});

describe('custom route tables', () => {
  const customTables = (change: (topology: Topology) => void): string[] => {
    const topology = example();
    const [virginia] = topology.vpcs;
    virginia!.vSwitches.push({
      id: 'vsw-va-c',
      zone: 'us-east-1b',
      cidr: cidr('192.168.12.0/24'),
      routeTable: 'vtb-c',
    });
    change(topology);
    return idsOf(topology, 'vpc-route');
  };
  const both = ['vpc-route/vtb-c/10.10.10.0/24', 'vpc-route/vtb-c/10.10.20.0/24'];

  test.each<[string, (topology: Topology) => void, string[]]>([
    ['bound to a vSwitch that nothing of ours is in', () => {}, []],
    [
      "bound to an application's vSwitch",
      ({ vpcs }) => {
        vpcs[0]!.applications[0]!.vSwitch = 'vsw-va-c';
      },
      both,
    ],
    [
      "bound to the gateway's vSwitch",
      ({ vpcs }) => {
        vpcs[0]!.gateway.vSwitches[1] = 'vsw-va-c';
      },
      both,
    ],
    [
      "bound to the attachment's vSwitch",
      ({ vpcs }) => {
        vpcs[0]!.attachment.vSwitches[1] = 'vsw-va-c';
      },
      both,
    ],
    [
      "bound to the attachment's vSwitch of the only VPC, which is attached to nothing",
      (topology) => {
        topology.vpcs[0]!.attachment.vSwitches[1] = 'vsw-va-c';
        topology.vpcs.pop();
        topology.offices.splice(2);
        topology.access.rules = [];
      },
      [],
    ],
  ])('a table %s', (_reason, change, expected) => {
    expect(customTables(change)).toEqual(expected);
  });
});

test('one VPC needs no backbone: no CEN, no publication, one gateway', () => {
  const topology = example();
  topology.vpcs.pop();
  topology.offices.splice(2);
  topology.access.rules.splice(2);
  expect(ids(topology)).toEqual([
    'customer-gateway/us-east-1/203.0.113.11',
    'customer-gateway/us-east-1/203.0.113.12',
    'pre-shared-key/office-1',
    'pre-shared-key/office-2',
    'security-group-rules/us-east-1/sg-orders',
    'vpn-connection/office-1',
    'vpn-connection/office-2',
    'vpn-gateway/virginia',
    'vpn-route/office-1/10.10.10.0/24',
    'vpn-route/office-2/10.10.20.0/24',
  ]);
});

test('a VPC without offices is attached and has no gateway', () => {
  const topology = example();
  topology.offices.splice(2);
  topology.access.rules.splice(3);
  expect(idsOf(topology, 'vpn-gateway')).toEqual(['vpn-gateway/virginia']);
  expect(idsOf(topology, 'vpc-attachment')).toEqual(['vpc-attachment/shanghai', 'vpc-attachment/virginia']);
});

test('two VPCs of one region share its transit router and need no link', () => {
  const topology = example();
  topology.vpcs[1]!.region = 'us-east-1';
  topology.backbone.links = [];
  expect(idsOf(topology, 'transit-router')).toEqual(['transit-router/us-east-1']);
  expect(idsOf(topology, 'peer-attachment')).toEqual([]);
});

test('offices of one region with one address share a customer gateway', () => {
  const topology = example();
  topology.vpcs[1]!.region = 'us-east-1';
  topology.backbone.links = [];
  topology.offices[2]!.address = '203.0.113.11' as Ipv4;
  expect(idsOf(topology, 'customer-gateway')).toEqual([
    'customer-gateway/us-east-1/198.51.100.14',
    'customer-gateway/us-east-1/203.0.113.11',
    'customer-gateway/us-east-1/203.0.113.12',
  ]);
  expect(find(topology, 'vpn-connection/office-3')?.needs).toContain('customer-gateway/us-east-1/203.0.113.11');
});

test('an office with two blocks has one connection, and routes and publications for each', () => {
  const topology = example();
  topology.offices[0]!.cidrs = [cidr('10.10.30.0/24'), cidr('10.10.9.0/24')];
  expect(ids(topology).filter((id) => id.includes('/office-1'))).toEqual([
    'cen-route/office-1/10.10.30.0/24',
    'cen-route/office-1/10.10.9.0/24',
    'pre-shared-key/office-1',
    'vpn-connection/office-1',
    'vpn-route/office-1/10.10.30.0/24',
    'vpn-route/office-1/10.10.9.0/24',
  ]);
});

test('applications that share a group share its rules, and a group that admits nobody has none', () => {
  const topology = example();
  const [orders] = topology.vpcs[0]!.applications;
  topology.vpcs[0]!.applications.push(
    { ...orders!, name: 'stock', ref: 'virginia.stock', ports: [{ protocol: 'udp', first: 53, last: 53 }] },
    { ...orders!, name: 'idle', ref: 'virginia.idle', securityGroup: 'sg-idle' },
  );
  topology.access.rules = [
    { from: 'office-1', to: 'virginia.orders', ports: orders!.ports },
    { from: 'shanghai.crm', to: 'virginia.stock', ports: [{ protocol: 'udp', first: 53, last: 53 }] },
    // Its device decides, no group of the cloud.
    { from: 'office-1', to: 'office-2', ports: [] },
  ];
  const rules = desiredResources(topology).filter(({ desired }) => desired.kind === 'security-group-rules');
  expect(rules.map(({ id, desired }) => [id, 'rules' in desired && desired.rules])).toEqual([
    [
      'security-group-rules/us-east-1/sg-orders',
      [
        { source: '10.10.10.0/24', port: { protocol: 'tcp', first: 443, last: 443 } },
        { source: '172.16.10.20/32', port: { protocol: 'udp', first: 53, last: 53 } },
      ],
    ],
  ]);
});

test('two different resources under one id are a defect, not a plan', () => {
  const topology = example();
  topology.offices.push({ ...office('office-1', 'virginia', '203.0.113.99', '10.99.0.0/24') });
  expect(() => desiredResources(topology)).toThrow(expect.objectContaining({ code: 'InvariantBroken' }));
});
