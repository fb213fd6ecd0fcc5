/** The cloud's limits as data: what would be refused half-way is refused before anything is touched. */

import { isMainland } from '../border';
import type { Quotas, Topology } from '../topology';
import { error, type Finding, type Lint, warning } from './finding';

type Count = { path: (string | number)[]; quota: keyof Quotas; count: number; what: string };

export const limits: Lint = (topology) => [
  ...counts(topology).flatMap(({ path, quota, count, what }): Finding[] => {
    const limit = topology.quotas[quota];
    return count <= limit
      ? []
      : [
          error(
            path,
            'quota',
            `${what}: ${count}, and the limit is ${limit}`,
            `Use fewer, or have the quota raised and state it: defaults.quotas.${quota}.`,
          ),
        ];
  }),
  ...gatewayBandwidths(topology),
];

function counts(topology: Topology): Count[] {
  const { vpcs, offices, backbone } = topology;
  const withOffices = vpcs.filter(({ name }) => offices.some(({ vpc }) => vpc === name));
  const regions = [...new Set(vpcs.map(({ region }) => region))];
  return [
    { path: ['vpcs'], quota: 'gateways', count: withOffices.length, what: 'VPN gateways' },
    ...vpcs.flatMap(({ name }) => gatewayCounts(topology, name)),
    ...offices.flatMap(({ name, selectors }): Count[] =>
      (['cloudSide', 'officeSide'] as const).map((side) => ({
        path: ['offices', name],
        quota: 'cidrsPerConnection',
        count: selectors[side].length,
        what: `CIDRs on the ${side} of ${name}`,
      })),
    ),
    ...regions.map((region): Count => {
      const own = offices.filter(({ vpc }) => vpcs.find(({ name }) => name === vpc)?.region === region);
      return {
        path: ['offices'],
        quota: 'customerGatewaysPerRegion',
        count: new Set(own.map(({ address }) => address)).size,
        what: `customer gateways in ${region}`,
      };
    }),
    ...regions.map(
      (region): Count => ({
        path: ['vpcs'],
        quota: 'synchronisedVpcsPerTransitRouter',
        count: vpcs.filter((vpc) => vpc.region === region).length,
        what: `synchronised VPCs in ${region}`,
      }),
    ),
    ...(backbone.edition === 'basic' ? [cenRoutes(topology)] : []),
    ...ruleCounts(topology),
  ];
}

function gatewayCounts({ vpcs, offices }: Topology, vpc: string): Count[] {
  const own = offices.filter((office) => office.vpc === vpc);
  const blocks = own.reduce((sum, { cidrs }) => sum + cidrs.length, 0);
  const others = vpcs
    .filter(({ name }) => name !== vpc)
    .reduce((sum, { cidrs, vSwitches }) => sum + Math.max(cidrs.length, vSwitches.length), 0);
  const far = offices.filter((office) => office.vpc !== vpc).reduce((sum, { cidrs }) => sum + cidrs.length, 0);
  const path = ['vpcs', vpc];
  return [
    { path, quota: 'connectionsPerGateway', count: own.length, what: `IPsec-VPN connections on the gateway of ${vpc}` },
    { path, quota: 'destinationRoutesPerGateway', count: blocks, what: `destination routes on the gateway of ${vpc}` },
    {
      path,
      quota: 'routesPerTable',
      count: blocks + others + far,
      what: `routes in the tables of ${vpc} (its offices, the other sites synchronised)`,
    },
  ];
}

const cenRoutes = ({ vpcs, offices }: Topology): Count => ({
  path: ['backbone'],
  quota: 'routesPerCen',
  count:
    vpcs.reduce((sum, { vSwitches }) => sum + vSwitches.length, 0) +
    offices.reduce((sum, { cidrs }) => sum + cidrs.length, 0),
  what: 'routes in the CEN',
});

/** One rule a source block and port. */
function ruleCounts({ vpcs, offices, access }: Topology): Count[] {
  const blocks = new Map<string, number>([...vpcs, ...offices].map(({ name, cidrs }) => [name, cidrs.length]));
  const perGroup = new Map<string, { count: number; path: (string | number)[] }>();
  const groups = new Map(
    vpcs.flatMap((vpc) =>
      vpc.applications.map(({ ref, name, securityGroup }) => [
        ref as string,
        { securityGroup, path: ['vpcs', vpc.name, 'applications', name] },
      ]),
    ),
  );
  for (const { from, to, ports } of access.rules) {
    const group = groups.get(to);
    if (!group) continue;
    const standing = perGroup.get(group.securityGroup) ?? { count: 0, path: group.path };
    standing.count += (blocks.get(from) ?? 1) * ports.length;
    perGroup.set(group.securityGroup, standing);
  }
  return [...perGroup].map(([group, { count, path }]) => ({
    path,
    quota: 'rulesPerSecurityGroup',
    count,
    what: `rules in ${group}`,
  }));
}

/** Facts: network-apis, section 2.1. The two sites of the provider sell different sizes. */
const CHINA_SITE = [5, 10, 20, 50, 100, 200, 500, 1_000];
const INTERNATIONAL_SITE = [10, 100, 200, 500, 1_000];

const gatewayBandwidths = ({ vpcs }: Topology): Finding[] =>
  vpcs.flatMap(({ name, region, gateway: { bandwidthMbps } }): Finding[] => {
    const path = ['vpcs', name, 'gateway', 'bandwidthMbps'];
    if (!CHINA_SITE.includes(bandwidthMbps))
      return [
        error(path, 'gateway-bandwidth', `no VPN gateway has ${bandwidthMbps} Mbps`, `Use ${CHINA_SITE.join(', ')}.`),
      ];
    if (INTERNATIONAL_SITE.includes(bandwidthMbps) || isMainland(region)) return [];
    return [
      warning(
        path,
        'gateway-bandwidth',
        `${bandwidthMbps} Mbps is sold on the China site only`,
        `On the international site use ${INTERNATIONAL_SITE.join(', ')}.`,
      ),
    ];
  });
