/** Topologies as parsing makes them, written out: the scenario's, and large ones of the same pattern. */
import { type Cidr, cidr, formatIpv4, type Ipv4, parseIpv4 } from '../../../shared/cidr';
import type {
  AccessRule,
  Link,
  NetworkName,
  Office,
  PortRange,
  Quotas,
  Topology,
  Vpc,
} from '../../../shared/topology/topology';

export const tcp = (port: number): PortRange => ({ protocol: 'tcp', first: port, last: port });

export const QUOTAS: Quotas = {
  gateways: 30,
  connectionsPerGateway: 10,
  cidrsPerConnection: 5,
  destinationRoutesPerGateway: 20,
  customerGatewaysPerRegion: 100,
  routesPerTable: 200,
  routesPerCen: 100,
  synchronisedVpcsPerTransitRouter: 50,
  rulesPerSecurityGroup: 200,
};

const virginia: Vpc = {
  name: 'virginia',
  region: 'us-east-1',
  id: 'vpc-virginia',
  cidrs: [cidr('192.168.0.0/16')],
  vSwitches: [
    { id: 'vsw-va-a', zone: 'us-east-1a', cidr: cidr('192.168.10.0/24'), routeTable: null },
    { id: 'vsw-va-b', zone: 'us-east-1b', cidr: cidr('192.168.11.0/24'), routeTable: null },
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
      addresses: ['192.168.10.20' as Ipv4],
      ports: [tcp(443)],
    },
  ],
};

const shanghai: Vpc = {
  name: 'shanghai',
  region: 'cn-shanghai',
  id: 'vpc-shanghai',
  cidrs: [cidr('172.16.0.0/16')],
  vSwitches: [
    { id: 'vsw-sh-a', zone: 'cn-shanghai-b', cidr: cidr('172.16.10.0/24'), routeTable: null },
    { id: 'vsw-sh-b', zone: 'cn-shanghai-g', cidr: cidr('172.16.11.0/24'), routeTable: null },
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
      addresses: ['172.16.10.20' as Ipv4],
      ports: [tcp(443), tcp(8443)],
    },
  ],
};

export const office = (name: string, vpc: string, address: string, block: string): Office => ({
  name,
  vpc,
  address: address as Ipv4,
  cidrs: [cidr(block)],
  device: null,
  country: vpc === 'shanghai' ? 'CN' : 'US',
  selectors: { cloudSide: ['0.0.0.0/0' as Cidr], officeSide: [cidr(block)] },
  presharedKeySecret: null,
  keepsKey: false,
  protect: false,
});

const tunnel = { ike: 'ikev2', encryption: 'aes256', authentication: 'sha256', dhGroup: 'group14' } as const;

const link: Link = {
  regions: ['cn-shanghai', 'us-east-1'],
  vpcs: ['shanghai', 'virginia'],
  bandwidthMbps: 10,
  crossBorder: true,
};

/** The scenario: two VPCs, four offices, one link. A fresh copy each time. */
export function example(): Topology {
  return structuredClone({
    version: 1,
    name: 'acme-global' as NetworkName,
    tunnel,
    quotas: QUOTAS,
    backbone: { edition: 'transit-router', cen: null, bandwidthPackage: null, links: [link] },
    vpcs: [virginia, shanghai],
    offices: [
      office('office-1', 'virginia', '203.0.113.11', '10.10.10.0/24'),
      office('office-2', 'virginia', '203.0.113.12', '10.10.20.0/24'),
      office('office-3', 'shanghai', '198.51.100.13', '10.20.10.0/24'),
      { ...office('office-4', 'shanghai', '198.51.100.14', '10.20.20.0/24'), presharedKeySecret: 'acme/office-4' },
    ],
    access: {
      stated: true,
      rules: [
        { from: 'office-1', to: 'virginia.orders', ports: [tcp(443)] },
        { from: 'office-2', to: 'virginia.orders', ports: [tcp(443)] },
        { from: 'shanghai', to: 'virginia.orders', ports: [tcp(443)] },
        ...['office-1', 'office-2', 'office-3', 'office-4'].map(
          (from): AccessRule => ({ from, to: 'shanghai.crm', ports: [tcp(443)] }),
        ),
      ],
    },
    tests: [],
    onRemoval: 'keep',
    approval: null,
    protect: false,
    onDrift: 'report',
    adopt: [],
  } satisfies Topology);
}

/** The same on an existing CEN instance of the basic edition, with a bandwidth package. */
export const basicExample = (): Topology => ({
  ...example(),
  backbone: { edition: 'basic', cen: 'cen-acme', bandwidthPackage: 'cenbwp-acme', links: [link] },
});

const addressAfter = (base: string, index: number): Ipv4 => formatIpv4((parseIpv4(base) ?? 0) + index);

const LARGE_REGIONS = 4;

/** VPCs in up to four regions, all linked; offices spread evenly, a block each; everyone reaches every application. */
export function large(vpcCount: number, officeCount: number): Topology {
  const vpcs = Array.from({ length: vpcCount }, (_, index) => largeVpc(index));
  const offices = Array.from({ length: officeCount }, (_, index) =>
    office(
      `office-${index}`,
      `vpc-${index % vpcCount}`,
      addressAfter('8.0.0.1', index),
      `10.${index >> 8}.${index & 255}.0/24`,
    ),
  );
  const firstOfRegion = vpcs.slice(0, LARGE_REGIONS);
  const links = firstOfRegion.flatMap((first, index) =>
    firstOfRegion.slice(index + 1).map(
      (second): Link => ({
        regions: [first.region, second.region],
        vpcs: [first.name, second.name],
        bandwidthMbps: 10,
        crossBorder: false,
      }),
    ),
  );
  const rules = vpcs.flatMap((vpc) =>
    [...offices, ...vpcs].map(({ name }): AccessRule => ({ from: name, to: `${vpc.name}.app`, ports: [tcp(443)] })),
  );
  return {
    ...example(),
    vpcs,
    offices,
    backbone: { edition: 'transit-router', cen: null, bandwidthPackage: null, links },
    access: { stated: false, rules },
  };
}

function largeVpc(index: number): Vpc {
  const name = `vpc-${index}`;
  const block = (third: number, length: number) =>
    cidr(`172.${16 + (index >> 4)}.${(index & 15) * 16 + third}.0/${length}`);
  return {
    name,
    region: `region-${index % LARGE_REGIONS}`,
    id: `vpc-id-${index}`,
    cidrs: [block(0, 20)],
    vSwitches: ['a', 'b'].map((zone, third) => ({
      id: `vsw-${index}-${zone}`,
      zone: `region-${index % LARGE_REGIONS}${zone}`,
      cidr: block(third, 24),
      routeTable: null,
    })),
    gateway: { bandwidthMbps: 100, vSwitches: [`vsw-${index}-a`, `vsw-${index}-b`] },
    attachment: { vSwitches: [`vsw-${index}-a`, `vsw-${index}-b`] },
    protect: false,
    applications: [
      {
        name: 'app',
        ref: `${name}.app`,
        vpc: name,
        securityGroup: `sg-${index}`,
        vSwitch: `vsw-${index}-a`,
        addresses: [addressAfter('172.16.0.10', index * 4096)],
        ports: [tcp(443)],
      },
    ],
  };
}
