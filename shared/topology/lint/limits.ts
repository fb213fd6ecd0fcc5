/** The cloud's limits as data: what would be refused half-way is refused before anything is touched. */
import { error, type Finding, type Path, warning } from '../finding';
import type { Quotas, Topology, Vpc } from '../topology';
import { countRules } from './count-rules';
import type { Lint } from './lint';

export interface Count {
  path: Path;
  quota: keyof Quotas;
  count: number;
  /** `connections on the gateway of virginia` */
  what: string;
}

export const limits: Lint = ({ topology, gaps }) => {
  if (gaps.sections.has('quotas')) return [];
  const routes = routesOf(topology);
  const counts = [
    ...gatewayCounts(topology),
    ...connectionCounts(topology),
    ...regionCounts(topology),
    ...routes.flatMap(({ counts: own }) => own),
    ...(topology.backbone.edition === 'basic' ? [cenRoutes(topology)] : []),
    ...countRules(topology),
  ];
  const exceeded = counts.flatMap((count) => tellExceeded(count, topology.quotas));
  return exceeded.length > 0 ? exceeded : routes.flatMap(({ room }) => tellNoRoom(room, topology.quotas));
};

function tellExceeded({ path, quota, count, what }: Count, quotas: Quotas): Finding[] {
  if (count <= quotas[quota]) return [];
  return [
    error(path, {
      code: 'quota',
      message: `${count} ${what}, and the limit is ${quotas[quota]}`,
      remedy: `Make them fewer; or have the quota raised, and say so: defaults.quotas.${quota}.`,
    }),
  ];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function gatewayCounts({ vpcs, offices }: Topology): Count[] {
  const perVpc = new Map<string, number>();
  for (const { vpc } of offices) perVpc.set(vpc, (perVpc.get(vpc) ?? 0) + 1);
  return [
    { path: ['vpcs'], quota: 'gateways', count: perVpc.size, what: 'VPN gateways, one a VPC with offices' },
    ...vpcs.map(
      ({ name }): Count => ({
        path: ['vpcs', name],
        quota: 'connectionsPerGateway',
        count: perVpc.get(name) ?? 0,
        what: `connections on the gateway of ${name}, one an office`,
      }),
    ),
  ];
}

const connectionCounts = ({ offices }: Topology): Count[] =>
  offices.flatMap(({ name, selectors }) =>
    (['cloudSide', 'officeSide'] as const).map((side) => ({
      path: ['offices', name],
      quota: 'cidrsPerConnection',
      count: selectors[side].length,
      what: `CIDRs on the ${side} of the connection of ${name}`,
    })),
  );

function regionCounts({ vpcs, offices, backbone }: Topology): Count[] {
  const regionOf = new Map(vpcs.map(({ name, region }) => [name, region]));
  const addresses = new Map<string, Set<string>>();
  for (const { vpc, address } of offices) {
    const region = regionOf.get(vpc) ?? '';
    addresses.set(region, (addresses.get(region) ?? new Set()).add(address));
  }
  const synchronised = new Map<string, number>();
  for (const { region } of vpcs) synchronised.set(region, (synchronised.get(region) ?? 0) + 1);
  return [...synchronised].flatMap(([region, count]): Count[] => [
    {
      path: ['offices'],
      quota: 'customerGatewaysPerRegion',
      count: addresses.get(region)?.size ?? 0,
      what: `customer gateways in ${region}, one an address`,
    },
    ...(backbone.edition === 'basic'
      ? []
      : [
          {
            path: ['vpcs'],
            quota: 'synchronisedVpcsPerTransitRouter' as const,
            count,
            what: `VPCs synchronised by the transit router of ${region}`,
          },
        ]),
  ]);
}

interface Room {
  path: Path;
  vpc: string;
  gatewayRoutes: number;
  tableRoutes: number;
  /** Of the office with the most: what a move onto this gateway may bring. */
  mostCidrs: number;
}

/** Routes on each gateway, and in its VPC's table: its own offices', and what the backbone brings of the other sites. */
function routesOf({ vpcs, offices }: Topology): { counts: Count[]; room: Room }[] {
  const ownOf = new Map<string, number[]>(vpcs.map(({ name }) => [name, []]));
  for (const { vpc, cidrs } of offices) ownOf.get(vpc)?.push(cidrs.length);
  // CEN announces a VPC's vSwitches; the file may leave some of them out, so its blocks are the least.
  const announced = ({ cidrs, vSwitches }: Vpc): number => Math.max(cidrs.length, vSwitches.length);
  const all = sum(vpcs.map(announced)) + sum(offices.map(({ cidrs }) => cidrs.length));
  return vpcs.map((vpc) => {
    const { name } = vpc;
    const own = ownOf.get(name) ?? [];
    const path = ['vpcs', name];
    const gatewayRoutes = sum(own);
    const tableRoutes = all - announced(vpc);
    return {
      counts: [
        {
          path,
          quota: 'destinationRoutesPerGateway',
          count: gatewayRoutes,
          what: `destination routes on the gateway of ${name}, one a CIDR of its offices`,
        },
        {
          path,
          quota: 'routesPerTable',
          count: tableRoutes,
          what: `routes in the table of ${name}: its offices’, and the other sites’ from the backbone`,
        },
      ],
      room: { path, vpc: name, gatewayRoutes, tableRoutes, mostCidrs: Math.max(0, ...own) },
    };
  });
}

/** Moving an office between gateways without an outage needs its CIDRs' halves on the new one before the old routes go. */
function tellNoRoom({ path, vpc, gatewayRoutes, tableRoutes, mostCidrs }: Room, quotas: Quotas): Finding[] {
  const needed = 2 * mostCidrs;
  const isFull =
    gatewayRoutes + needed > quotas.destinationRoutesPerGateway || tableRoutes + needed > quotas.routesPerTable;
  if (!isFull) return [];
  return [
    warning(path, {
      code: 'no-room-to-move',
      message: `the gateway of ${vpc} has ${gatewayRoutes} of ${quotas.destinationRoutesPerGateway} routes and its table ${tableRoutes} of ${quotas.routesPerTable}: no office can be moved there without an outage, which takes two a CIDR`,
      remedy: 'Have the quotas raised before you move one.',
    }),
  ];
}

const cenRoutes = ({ vpcs, offices }: Topology): Count => ({
  path: ['backbone'],
  quota: 'routesPerCen',
  count: sum(vpcs.map(({ vSwitches }) => vSwitches.length)) + sum(offices.map(({ cidrs }) => cidrs.length)),
  what: 'routes in the CEN, one a vSwitch and a CIDR of an office',
});
