import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { told } from './a-file';

const folder = join(__dirname, '..', '..', '..', 'examples');
const parsed = (name: string) => parseTopology(readFileSync(join(folder, name)), name);
const TOPOLOGIES = ['full-form.yaml', 'global-network-basic.yaml', 'global-network.yaml', 'newer-tutorial.yaml'];
const CROSS_BORDER = 'warning cross-border-link';
const DOCUMENTATION = Array(4).fill('warning documentation-address');

test.each(readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== 'account.yaml'))(
  '%s can be used, and names only documentation addresses',
  (name) => {
    const { topology, problems } = parsed(name);
    expect(topology).not.toBeNull();
    for (const { address } of topology?.offices ?? [])
      expect(address).toMatch(/^(203\.0\.113|198\.51\.100|192\.0\.2)\.\d+$/);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  },
);

test('they are networks of their own', () => {
  expect(new Set(TOPOLOGIES.map((name) => parsed(name).topology?.name)).size).toBe(4);
});

test('the examples say no more than that the link crosses the border and the addresses are examples', () => {
  for (const name of ['global-network.yaml', 'global-network-basic.yaml'])
    expect(parsed(name).problems.map(told)).toEqual([CROSS_BORDER, ...DOCUMENTATION]);
});

test('the newer tutorial’s selectors are doubted before anything is proven', () => {
  const { problems } = parsed('newer-tutorial.yaml');
  expect(problems.filter(({ code }) => code === 'selectors-narrow').map(({ message }) => message)).toEqual([
    'the cloud side of office-1 leaves out shanghai, office-2, office-3, office-4: no packet between them passes its tunnel',
    'the cloud side of office-2 leaves out shanghai, office-1, office-3, office-4: no packet between them passes its tunnel',
    'the cloud side of office-3 leaves out virginia, office-1, office-2, office-4: no packet between them passes its tunnel',
    'the cloud side of office-4 leaves out virginia, office-1, office-2, office-3: no packet between them passes its tunnel',
  ]);
});

test('basic: the CEN and the package that exist are named', () => {
  expect(parsed('global-network-basic.yaml').topology?.backbone).toEqual({
    edition: 'basic',
    cen: 'cen-acme-basic',
    bandwidthPackage: 'cenbwp-acme',
    links: [
      { regions: ['cn-shanghai', 'us-east-1'], vpcs: ['shanghai', 'virginia'], bandwidthMbps: 10, crossBorder: true },
    ],
  });
});

test('the full form, whole', () => {
  const { topology, problems } = parsed('full-form.yaml');
  expect(problems.map(told)).toEqual([
    CROSS_BORDER,
    'warning country-missing',
    ...DOCUMENTATION,
    'warning access-held-by-devices',
  ]);
  const port = (number: number) => ({ protocol: 'tcp', first: number, last: number });
  const anywhere = ['0.0.0.0/0'];
  const office = (name: string, vpc: string, address: string, cidr: string, more: object) => ({
    name,
    vpc,
    address,
    cidrs: [cidr],
    device: null,
    country: null,
    selectors: { cloudSide: anywhere, officeSide: [cidr] },
    presharedKeySecret: null,
    keepsKey: false,
    protect: false,
    ...more,
  });
  expect(topology).toEqual({
    version: 1,
    name: 'acme-global',
    tunnel: { ike: 'ikev2', encryption: 'aes256', authentication: 'sha256', dhGroup: 'group14' },
    quotas: {
      gateways: 30,
      connectionsPerGateway: 10,
      cidrsPerConnection: 5,
      destinationRoutesPerGateway: 20,
      customerGatewaysPerRegion: 100,
      routesPerTable: 200,
      routesPerCen: 100,
      synchronisedVpcsPerTransitRouter: 50,
      rulesPerSecurityGroup: 200,
    },
    backbone: {
      edition: 'transit-router',
      cen: null,
      bandwidthPackage: null,
      links: [
        { regions: ['cn-shanghai', 'us-east-1'], vpcs: ['shanghai', 'virginia'], bandwidthMbps: 10, crossBorder: true },
      ],
    },
    vpcs: [
      {
        name: 'virginia',
        region: 'us-east-1',
        id: 'vpc-virginia',
        cidrs: ['192.168.0.0/16'],
        vSwitches: [
          { id: 'vsw-va-a', zone: 'us-east-1a', cidr: '192.168.10.0/24', routeTable: null },
          { id: 'vsw-va-b', zone: 'us-east-1b', cidr: '192.168.11.0/24', routeTable: null },
        ],
        gateway: { bandwidthMbps: 100, vSwitches: ['vsw-va-a', 'vsw-va-b'] },
        attachment: { vSwitches: ['vsw-va-a', 'vsw-va-b'] },
        protect: false,
        applications: [
          {
            name: 'orders',
            ref: 'virginia.orders',
            vpc: 'virginia',
            securityGroup: 'sg-orders',
            vSwitch: 'vsw-va-a',
            addresses: ['192.168.10.20'],
            ports: [port(443)],
          },
        ],
      },
      {
        name: 'shanghai',
        region: 'cn-shanghai',
        id: 'vpc-shanghai',
        cidrs: ['172.16.0.0/16'],
        vSwitches: [
          { id: 'vsw-sh-a', zone: 'cn-shanghai-b', cidr: '172.16.10.0/24', routeTable: null },
          { id: 'vsw-sh-b', zone: 'cn-shanghai-g', cidr: '172.16.11.0/24', routeTable: null },
        ],
        gateway: { bandwidthMbps: 100, vSwitches: ['vsw-sh-a', 'vsw-sh-b'] },
        attachment: { vSwitches: ['vsw-sh-a', 'vsw-sh-b'] },
        protect: false,
        applications: [
          {
            name: 'crm',
            ref: 'shanghai.crm',
            vpc: 'shanghai',
            securityGroup: 'sg-crm',
            vSwitch: 'vsw-sh-a',
            addresses: ['172.16.10.20'],
            ports: [port(443), port(8443)],
          },
        ],
      },
    ],
    offices: [
      office('office-1', 'virginia', '203.0.113.11', '10.10.10.0/24', {}),
      office('office-2', 'virginia', '203.0.113.12', '10.10.20.0/24', { device: 'cisco-ios', country: 'US' }),
      office('office-3', 'shanghai', '198.51.100.13', '10.20.10.0/24', { device: 'strongswan', country: 'CN' }),
      office('office-4', 'shanghai', '198.51.100.14', '10.20.20.0/24', {
        device: 'huawei-usg',
        country: 'CN',
        presharedKeySecret: 'acme/office-4',
        keepsKey: false,
        protect: false,
      }),
    ],
    access: {
      stated: true,
      rules: [
        { from: 'office-1', to: 'virginia.orders', ports: [port(443)] },
        { from: 'office-2', to: 'virginia.orders', ports: [port(443)] },
        { from: 'shanghai', to: 'virginia.orders', ports: [port(443)] },
        { from: 'office-1', to: 'shanghai.crm', ports: [port(443)] },
        { from: 'office-2', to: 'shanghai.crm', ports: [port(443)] },
        { from: 'office-3', to: 'shanghai.crm', ports: [port(443)] },
        { from: 'office-4', to: 'shanghai.crm', ports: [port(443)] },
      ],
    },
    tests: [
      { from: 'office-1', to: 'shanghai.crm', port: port(443), expect: 'reachable' },
      { from: 'office-3', to: 'virginia.orders', port: port(443), expect: 'blocked' },
    ],
    onRemoval: 'keep',
    approval: null,
    protect: false,
    onDrift: 'report',
    adopt: [],
  });
});
