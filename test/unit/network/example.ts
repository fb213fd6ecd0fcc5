/** The tutorial's network, and ways to vary it. Written out by hand: nothing here is computed by the code under test. */
import type { Cidr, Ipv4 } from '../../../shared/cidr';
import type { NetworkModel } from '../../../shared/network/model';
import { plannedModel } from '../../../shared/network/planned-model';
import type { DesiredResource } from '../../../shared/plan/desired';
import { desiredResources } from '../../../shared/plan/desired-resources';
import type { AccessRule, Office, PortRange, Topology, Vpc } from '../../../shared/topology/topology';

export const tcp = (first: number, last = first): PortRange => ({ protocol: 'tcp', first, last });
export const blocks = (...texts: string[]): Cidr[] => texts as Cidr[];

export function office(name: string, vpc: string, address: string, block: string): Office {
  return {
    name,
    vpc,
    address: address as Ipv4,
    cidrs: blocks(block),
    device: null,
    country: null,
    selectors: { cloudSide: blocks('0.0.0.0/0'), officeSide: blocks(block) },
    presharedKeySecret: null,
    keepsKey: false,
    protect: false,
  };
}

const virginia = (): Vpc => ({
  name: 'virginia',
  region: 'us-east-1',
  id: 'vpc-virginia',
  cidrs: blocks('192.168.0.0/16'),
  vSwitches: [
    { id: 'vsw-va-a', zone: 'us-east-1a', cidr: '192.168.10.0/24' as Cidr, routeTable: null },
    { id: 'vsw-va-b', zone: 'us-east-1b', cidr: '192.168.11.0/24' as Cidr, routeTable: null },
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
});

const shanghai = (): Vpc => ({
  name: 'shanghai',
  region: 'cn-shanghai',
  id: 'vpc-shanghai',
  cidrs: blocks('172.16.0.0/16'),
  vSwitches: [
    { id: 'vsw-sh-a', zone: 'cn-shanghai-b', cidr: '172.16.10.0/24' as Cidr, routeTable: null },
    { id: 'vsw-sh-b', zone: 'cn-shanghai-g', cidr: '172.16.11.0/24' as Cidr, routeTable: null },
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
});

/** Everything to every application and between offices, as the parser expands a file without `access`. */
export function everyRule(topology: Topology): AccessRule[] {
  const sites = [...topology.vpcs.map(({ name }) => name), ...topology.offices.map(({ name }) => name)];
  const applications = topology.vpcs.flatMap((vpc) => vpc.applications);
  return [
    ...applications.flatMap(({ ref, vpc, ports }) =>
      sites.filter((from) => from !== vpc).map((from): AccessRule => ({ from, to: ref, ports })),
    ),
    ...topology.offices.flatMap(({ name: to }) =>
      topology.offices.flatMap(({ name: from }) => (from === to ? [] : [{ from, to, ports: [] }])),
    ),
  ];
}

export function exampleTopology(edition: 'transit-router' | 'basic' = 'transit-router'): Topology {
  const links: Topology['backbone']['links'] = [
    { regions: ['cn-shanghai', 'us-east-1'], vpcs: ['shanghai', 'virginia'], bandwidthMbps: 10, crossBorder: true },
  ];
  const topology: Topology = {
    version: 1,
    name: 'acme-global' as Topology['name'],
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
    backbone:
      edition === 'basic'
        ? { edition, cen: 'cen-old', bandwidthPackage: 'cenbwp-1', links }
        : { edition, cen: null, bandwidthPackage: null, links },
    vpcs: [virginia(), shanghai()],
    offices: [
      office('office-1', 'virginia', '203.0.113.11', '10.10.10.0/24'),
      office('office-2', 'virginia', '203.0.113.12', '10.10.20.0/24'),
      office('office-3', 'shanghai', '198.51.100.13', '10.20.10.0/24'),
      office('office-4', 'shanghai', '198.51.100.14', '10.20.20.0/24'),
    ],
    access: { stated: false, rules: [] },
    tests: [],
    onRemoval: 'keep',
    approval: null,
    protect: false,
    onDrift: 'report',
    adopt: [],
  };
  return { ...topology, access: { stated: false, rules: everyRule(topology) } };
}

export const planned = (topology: Topology): NetworkModel => plannedModel(topology, desiredResources(topology));

export const without = (resources: readonly DesiredResource[], ...ids: string[]): DesiredResource[] => {
  const left = resources.filter(({ id }) => !ids.includes(id));
  if (left.length !== resources.length - ids.length) throw new Error(`no such resource among: ${ids.join(', ')}`);
  return left;
};
