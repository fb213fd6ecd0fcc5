/** Topologies as parsing makes them: names resolved, consistent, small enough that two of them share much. */
import fc from 'fast-check';
import { type Cidr, cidr, type Ipv4 } from '../../../shared/cidr';
import type {
  AccessRule,
  Application,
  Backbone,
  Link,
  NetworkName,
  Office,
  PortRange,
  Topology,
  Vpc,
} from '../../../shared/topology/topology';
import { QUOTAS } from '../../unit/plan/topologies';

const REGIONS = ['cn-shanghai', 'eu-central-1', 'us-east-1'] as const;
const PORTS: readonly PortRange[] = [
  { protocol: 'tcp', first: 443, last: 443 },
  { protocol: 'tcp', first: 440, last: 450 },
  { protocol: 'tcp', first: 451, last: 460 },
  { protocol: 'udp', first: 53, last: 53 },
  { protocol: 'icmp', first: 0, last: 65_535 },
  { protocol: 'all', first: 0, last: 65_535 },
];
const BLOCKS = Array.from({ length: 16 }, (_, index) => cidr(`10.${index >> 2}.${(index & 3) * 64}.0/24`));

const zones = fc.constantFrom<[number, number]>([0, 1], [0, 2], [1, 2], [1, 0]);

const vpcSeed = fc.record({
  region: fc.nat(REGIONS.length - 1),
  tables: fc.array(fc.constantFrom(null, 'a', 'b'), { minLength: 3, maxLength: 3 }),
  gatewayZones: zones,
  gatewayMbps: fc.constantFrom(100, 200),
  attachmentZones: zones,
  applications: fc.array(fc.record({ group: fc.nat(1), vSwitch: fc.nat(2), port: fc.nat(PORTS.length - 1) }), {
    maxLength: 2,
  }),
});

const officeSeed = fc.record({
  name: fc.nat(7),
  vpc: fc.nat(3),
  blocks: fc.integer({ min: 1, max: 2 }),
  any: fc.boolean(),
  secret: fc.constantFrom(null, 'acme/shared'),
});

const topologySeed = fc.record({
  edition: fc.constantFrom('transit-router' as const, 'basic' as const),
  cen: fc.constantFrom(null, 'cen-given'),
  bandwidthPackage: fc.constantFrom(null, 'cenbwp-given'),
  bandwidthMbps: fc.constantFrom(10, 20),
  ike: fc.constantFrom('ikev1' as const, 'ikev2' as const),
  vpcs: fc.array(vpcSeed, { minLength: 1, maxLength: 4 }),
  offices: fc.uniqueArray(officeSeed, { maxLength: 7, selector: (office) => office.name }),
  blocks: fc.shuffledSubarray(BLOCKS, { minLength: BLOCKS.length }),
  access: fc.array(fc.record({ from: fc.nat(30), to: fc.nat(30), port: fc.nat(PORTS.length - 1) }), { maxLength: 20 }),
});

type Seed = typeof topologySeed extends fc.Arbitrary<infer S> ? S : never;

/** Any two of them are revisions of one network: same name, overlapping offices, blocks and VPCs. */
export const topologyArbitrary: fc.Arbitrary<Topology> = topologySeed.map(topologyOf);

function topologyOf(seed: Seed): Topology {
  const vpcs = seed.vpcs.map((vpc, index) => vpcOf(vpc, index, seed.edition));
  const offices = officesOf(seed, vpcs);
  return {
    version: 1,
    name: 'generated' as NetworkName,
    tunnel: { ike: seed.ike, encryption: 'aes256', authentication: 'sha256', dhGroup: 'group14' },
    quotas: QUOTAS,
    backbone: backboneOf(seed, vpcs),
    vpcs,
    offices,
    access: { stated: true, rules: rulesOf(seed, vpcs, offices) },
    tests: [],
    onRemoval: 'keep',
    approval: null,
    protect: false,
    onDrift: 'report',
    adopt: [],
  };
}

function vpcOf(seed: Seed['vpcs'][number], index: number, edition: Seed['edition']): Vpc {
  const name = `vpc-${index}`;
  const region = REGIONS[seed.region] ?? 'us-east-1';
  const vSwitchId = (zone: number) => `vsw-${index}-${zone}`;
  return {
    name,
    region,
    id: `vpc-id-${index}`,
    cidrs: [cidr(`172.${16 + index}.0.0/16`)],
    vSwitches: [0, 1, 2].map((zone) => {
      const table = seed.tables[zone] ?? null;
      return {
        id: vSwitchId(zone),
        zone: `${region}-${zone}`,
        cidr: cidr(`172.${16 + index}.${zone}.0/24`),
        // The linter refuses custom tables on the basic edition.
        routeTable: edition === 'basic' || table === null ? null : `vtb-${index}-${table}`,
      };
    }),
    gateway: {
      bandwidthMbps: seed.gatewayMbps,
      vSwitches: [vSwitchId(seed.gatewayZones[0]), vSwitchId(seed.gatewayZones[1])],
    },
    attachment: { vSwitches: seed.attachmentZones.map(vSwitchId) },
    protect: false,
    applications: seed.applications.map(
      ({ group, vSwitch, port }, number): Application => ({
        name: `app-${number}`,
        ref: `${name}.app-${number}`,
        vpc: name,
        securityGroup: `sg-${index}-${group}`,
        vSwitch: vSwitchId(vSwitch),
        addresses: [`172.${16 + index}.${vSwitch}.${10 + number}` as Ipv4],
        ports: [PORTS[port] as PortRange],
      }),
    ),
  };
}

/** Addresses are counted within a VPC: offices of different VPCs share them, those of one never do. */
function officesOf(seed: Seed, vpcs: readonly Vpc[]): Office[] {
  const blocks = [...seed.blocks];
  const used = new Map<string, number>();
  return seed.offices.map((office) => {
    const vpc = vpcs[office.vpc % vpcs.length] as Vpc;
    const number = used.get(vpc.name) ?? 0;
    used.set(vpc.name, number + 1);
    const cidrs = blocks.splice(0, office.blocks);
    const everything = ['0.0.0.0/0' as Cidr];
    return {
      name: `office-${office.name}`,
      vpc: vpc.name,
      address: `203.0.113.${10 + number}` as Ipv4,
      cidrs,
      device: null,
      country: null,
      selectors: { cloudSide: everything, officeSide: office.any ? everything : cidrs },
      presharedKeySecret: office.secret,
      keepsKey: false,
      protect: false,
    };
  });
}

function backboneOf(seed: Seed, vpcs: readonly Vpc[]): Backbone {
  const inRegion = new Map(vpcs.map((vpc) => [vpc.region, vpc.name]));
  const regions = [...inRegion.keys()].sort();
  const links = regions.flatMap((first, index) =>
    regions.slice(index + 1).map(
      (second): Link => ({
        regions: [first, second],
        vpcs: [inRegion.get(first) ?? '', inRegion.get(second) ?? ''],
        bandwidthMbps: seed.bandwidthMbps,
        crossBorder: first === 'cn-shanghai',
      }),
    ),
  );
  const { edition, bandwidthPackage } = seed;
  return edition === 'basic'
    ? { edition, cen: 'cen-given', bandwidthPackage, links }
    : { edition, cen: seed.cen, bandwidthPackage, links };
}

function rulesOf(seed: Seed, vpcs: readonly Vpc[], offices: readonly Office[]): AccessRule[] {
  const applications = vpcs.flatMap((vpc) => vpc.applications);
  const from = [
    ...vpcs.map((vpc) => vpc.name),
    ...offices.map((office) => office.name),
    ...applications.map((one) => one.ref),
  ];
  const to = [...applications.map((one) => one.ref), ...offices.map((office) => office.name)];
  if (to.length === 0) return [];
  return seed.access.map((rule) => ({
    from: from[rule.from % from.length] as string,
    to: to[rule.to % to.length] as string,
    ports: [PORTS[rule.port] as PortRange],
  }));
}
