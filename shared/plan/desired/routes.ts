/**
 * Which entry must stand in which table for the offices' blocks (facts of the services: a destination route published
 * by the gateway reaches the VPC's system table only; an entry towards a gateway is not learnt by CEN unless it is
 * published there, in either edition).
 */
import type { Topology, Vpc } from '../../topology/topology';
import type { CenRoute, VpcRoute, VpnRoute } from '../desired';
import { cenId, cenRouteId, connectionId, gatewayId, vpcRouteId, vpnRouteId } from './resource-ids';
import { needsBackbone, officesAtVpcs } from './sites';
import { sortCidrs } from './sort-cidrs';
import type { Wanted } from './wanted';

/** One per office and block, on the office's gateway. */
export function vpnRoutes(topology: Topology): Wanted<VpnRoute>[] {
  return officesAtVpcs(topology).flatMap(({ office, vpc }) =>
    sortCidrs(office.cidrs).map((destination) => ({
      id: vpnRouteId(office.name, destination),
      desired: {
        kind: 'vpn-route' as const,
        region: vpc.region,
        gateway: gatewayId(vpc.name),
        connection: connectionId(office.name),
        destination,
      },
    })),
  );
}

/**
 * One per custom table that a packet is looked up in, and block of an office of that VPC. Far offices' blocks reach
 * custom tables by the transit router's synchronisation. None on the basic edition: CEN writes its routes into system
 * tables only, so a custom table cannot be made whole there and the linter refuses it.
 */
export function vpcRoutes(topology: Topology): Wanted<VpcRoute>[] {
  if (topology.backbone.edition !== 'transit-router') return [];
  const attached = needsBackbone(topology);
  return officesAtVpcs(topology).flatMap(({ office, vpc }) =>
    customTables(vpc, attached).flatMap((routeTableId) =>
      sortCidrs(office.cidrs).map((destination) => ({
        id: vpcRouteId(routeTableId, destination),
        desired: {
          kind: 'vpc-route' as const,
          region: vpc.region,
          vpcId: vpc.id,
          routeTableId,
          destination,
          gateway: gatewayId(vpc.name),
        },
      })),
    ),
  );
}

/** The tables of the vSwitches that packets to an office come from: applications, gateway, attachment. */
function customTables(vpc: Vpc, attached: boolean): string[] {
  const used = new Set([
    ...vpc.applications.map((application) => application.vSwitch),
    ...vpc.gateway.vSwitches,
    ...(attached ? vpc.attachment.vSwitches : []),
  ]);
  const tables = vpc.vSwitches.flatMap((vSwitch) =>
    used.has(vSwitch.id) && vSwitch.routeTable !== null ? [vSwitch.routeTable] : [],
  );
  return [...new Set(tables)].sort();
}

/** Every office's block, published into CEN from its VPC's system table. */
export function cenRoutes(topology: Topology): Wanted<CenRoute>[] {
  if (!needsBackbone(topology)) return [];
  return officesAtVpcs(topology).flatMap(({ office, vpc }) =>
    sortCidrs(office.cidrs).map((destination) => ({
      id: cenRouteId(office.name, destination),
      desired: {
        kind: 'cen-route' as const,
        cen: cenId(topology.name),
        region: vpc.region,
        vpcId: vpc.id,
        destination,
      },
    })),
  );
}
