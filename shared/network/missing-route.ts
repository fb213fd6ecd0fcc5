/**
 * Why a table lacks a route: a route is written by a chain (destination route on the gateway, publication to the VPC,
 * publication to CEN, propagation, the link, propagation, synchronisation), and the table that drops the packet is
 * only its last link. This follows the chain back to the first link that is missing, by what the tables hold: flags
 * are not in the model, and would not be believed if they were.
 */
import type { Atom } from './address-space';
import type { CompiledRouter, Fabric, RouterTableNode, VpcTableNode } from './fabric';
import type { OfficeModel } from './model';
import { lookUp, NO_ROUTE } from './route-lookup';

export interface Explanation {
  cause: string;
  remedy: string;
}

/** Whom the packet was for. */
export interface Target {
  site: string;
  atom: Atom;
  /** The worst addresses, as text. */
  block: string;
  /** Null where the site is a VPC. */
  office: OfficeModel | null;
  /** The VPC that the site is or hangs on; null for an office without a gateway. */
  home: string | null;
}

export function missingOnGateway(gatewayId: string, target: Target): Explanation {
  const connection = target.office?.connectionId;
  if (!connection) return noTunnel(target);
  return {
    cause: `gateway ${gatewayId} has no destination route for ${target.block} to connection ${connection} of ${target.site}`,
    remedy: `add the destination route ${target.block} → ${connection} to ${gatewayId}, published to the VPC`,
  };
}

export function missingInVpcTable(fabric: Fabric, at: { vpc: string; tableId: string }, target: Target): Explanation {
  const vpc = fabric.vpcs.get(at.vpc);
  const table = vpc?.tables.get(at.tableId);
  if (!vpc || !table)
    return { cause: `vpc ${at.vpc} has no table ${at.tableId}`, remedy: 'bind the vSwitch to a table' };
  if (target.home === null) return noTunnel(target);
  if (target.home === at.vpc) return missingAtHome(fabric, table, target);
  if (fabric.model.cen?.edition === 'basic') return missingFromBasicCen(fabric, table, target);
  return missingFromRouter(fabric, table, target);
}

/** The office hangs on this VPC's own gateway. */
function missingAtHome(fabric: Fabric, table: VpcTableNode, target: Target): Explanation {
  const { office, block } = target;
  if (!office?.gatewayId)
    return { cause: `no vSwitch of vpc ${target.home} holds ${block}`, remedy: `name the vSwitch that holds ${block}` };
  if (!hasDestinationRoute(fabric, office.gatewayId, target)) return missingOnGateway(office.gatewayId, target);
  if (table.table.kind === 'system')
    return {
      cause: `the destination route ${block} of gateway ${office.gatewayId} is not published to vpc ${target.home}`,
      remedy: `publish ${block} to the VPC (PublishVpnRouteEntry with PublishVpc)`,
    };
  return {
    cause: `custom table ${table.table.id} has no entry for ${block}; publication reaches the system table only`,
    remedy: `add ${block} → gateway ${office.gatewayId} to ${table.table.id}`,
  };
}

function missingFromRouter(fabric: Fabric, table: VpcTableNode, target: Target): Explanation {
  const attachment = [...fabric.vpcAttachments.values()].find((it) => it.vpc === table.vpc.name);
  if (!attachment) return notAttached(table.vpc.name);
  const entrance = fabric.associations.get(`${attachment.routerId} ${attachment.id}`);
  if (entrance?.kind !== 'router-table') return notAssociated(attachment.id, attachment.routerId);
  const entry = entrance.table.routes[lookUp(entrance.routes, target.atom)];
  if (!entry) return missingInRouter(fabric, entrance, target);
  if (entry.nextHop.kind === 'black-hole') return blackHole(entrance, entry.destination);
  const system = fabric.vpcs.get(table.vpc.name)?.system;
  const reachesSystem = system && lookUp(system.routes, target.atom) !== NO_ROUTE;
  if (table.table.kind === 'custom' && reachesSystem)
    return {
      cause: `router ${attachment.routerId} does not synchronise ${target.block} into custom table ${table.table.id}`,
      remedy: `turn route propagation of ${table.table.id} on, or add ${target.block} → ${attachment.id} to it`,
    };
  const some = table.table.routes.some(({ nextHop }) => nextHop.kind === 'attachment');
  return {
    cause: `route synchronisation of attachment ${attachment.id} writes ${some ? `no ${target.block}` : 'nothing'} into table ${table.table.id} of vpc ${table.vpc.name}`,
    remedy: `turn route synchronisation of ${attachment.id} on (AutoPublishRouteEnabled)`,
  };
}

/** What leads nowhere is not synchronised either. */
const blackHole = ({ table, routerId }: RouterTableNode, destination: string): Explanation => ({
  cause: `table ${table.id} of router ${routerId} has a black hole for ${destination}, which is not written into VPCs`,
  remedy: `delete the black-hole route ${destination} of ${table.id}`,
});

/** Follows the route from the table that lacks it to the router of the target's VPC: one link at most. */
export function missingInRouter(fabric: Fabric, table: RouterTableNode, target: Target): Explanation {
  if (target.home === null) return noTunnel(target);
  const home = [...fabric.vpcAttachments.values()].find((it) => it.vpc === target.home);
  if (!home) return notAttached(target.home);
  if (home.routerId === table.routerId) return missingAtHomeRouter(fabric, table, home.id, target);
  const peer = [...fabric.peerAttachments.values()].find(
    ({ routerIds }) => routerIds.includes(table.routerId) && routerIds.includes(home.routerId),
  );
  if (!peer)
    return {
      cause: `no link joins router ${table.routerId} and router ${home.routerId} of vpc ${target.home}`,
      remedy: 'add a link between the two regions to backbone.links',
    };
  const source = tablesOfRouter(fabric.routers.get(home.routerId)).find(
    (it) => lookUp(it.routes, target.atom) !== NO_ROUTE,
  );
  if (source && !isAssociated(fabric, home.routerId, peer.id)) return notAssociated(peer.id, home.routerId);
  const some = table.table.routes.some(({ nextHop }) => nextHop.kind === 'attachment' && nextHop.id === peer.id);
  if (source)
    return {
      cause: `router ${table.routerId} learns ${some ? `no ${target.block}` : 'nothing'} over ${peer.id}, though router ${home.routerId} has it`,
      remedy: `enable propagation of ${peer.id} into table ${table.table.id} of ${table.routerId}, and advertising on it (AutoPublishRouteEnabled)`,
    };
  const [first] = tablesOfRouter(fabric.routers.get(home.routerId));
  return first ? missingAtHomeRouter(fabric, first, home.id, target) : notAttached(target.home);
}

function missingAtHomeRouter(
  fabric: Fabric,
  table: RouterTableNode,
  attachmentId: string,
  target: Target,
): Explanation {
  const vpc = fabric.vpcs.get(target.home ?? '');
  // Propagation learns the VPC's own blocks with everything else: one of them in the table shows that it is on.
  const learns = table.table.routes.some(
    ({ destination, nextHop }) =>
      nextHop.kind === 'attachment' &&
      nextHop.id === attachmentId &&
      !fabric.model.offices.some((office) => office.cidrs.includes(destination)),
  );
  if (!target.office?.gatewayId || !learns)
    return {
      cause: `table ${table.table.id} of router ${table.routerId} does not learn the routes of attachment ${attachmentId}`,
      remedy: `enable propagation of ${attachmentId} into table ${table.table.id} of ${table.routerId}`,
    };
  return missingPublication(fabric, vpc?.system ?? null, target, target.office.gatewayId);
}

function missingPublication(
  fabric: Fabric,
  system: VpcTableNode | null,
  target: Target,
  gatewayId: string,
): Explanation {
  if (system && lookUp(system.routes, target.atom) === NO_ROUTE) return missingAtHome(fabric, system, target);
  return {
    cause: `${target.block} → gateway ${gatewayId} is not published to CEN from vpc ${target.home}: routes to a VPN gateway are not by default`,
    remedy: `publish ${target.block} of vpc ${target.home} to CEN (PublishRouteEntries)`,
  };
}

function missingFromBasicCen(fabric: Fabric, table: VpcTableNode, target: Target): Explanation {
  if (!isAttachedToBasic(fabric, table.vpc.name)) return notAttached(table.vpc.name);
  if (table.table.kind === 'custom')
    return {
      cause: `custom table ${table.table.id} has no route for ${target.block}: basic CEN writes into system tables only`,
      remedy: 'bind the vSwitch to the system table, or use edition transit-router',
    };
  const region = fabric.cenRegions.get(table.vpc.region);
  if (!region || lookUp(region.routes, target.atom) === NO_ROUTE)
    return missingInCenRegion(fabric, table.vpc.region, target);
  return {
    cause: `CEN does not write ${target.block} into ${table.table.id} of vpc ${table.vpc.name}`,
    remedy: `remove the entry of vpc ${table.vpc.name} that conflicts with ${target.block}`,
  };
}

export function missingInCenRegion(fabric: Fabric, region: string, target: Target): Explanation {
  if (target.home === null) return noTunnel(target);
  if (!isAttachedToBasic(fabric, target.home)) return notAttached(target.home);
  const system = fabric.vpcs.get(target.home)?.system ?? null;
  if (target.office?.gatewayId) return missingPublication(fabric, system, target, target.office.gatewayId);
  return {
    cause: `CEN has no route for ${target.block} in ${region}`,
    remedy: `attach vpc ${target.home} again: CEN learns its vSwitches by itself`,
  };
}

export const notAssociated = (attachmentId: string, routerId: string): Explanation => ({
  cause: `attachment ${attachmentId} is associated with no table of router ${routerId}`,
  remedy: `associate ${attachmentId} with a table of ${routerId}`,
});

export const notAttached = (vpc: string): Explanation => ({
  cause: `vpc ${vpc} is not attached to CEN`,
  remedy: `attach vpc ${vpc}`,
});

export const noTunnel = (target: Pick<Target, 'site'>): Explanation => ({
  cause: `office ${target.site} has no IPsec connection to a VPN gateway`,
  remedy: `create the gateway, the customer gateway and the connection of ${target.site}`,
});

function hasDestinationRoute(fabric: Fabric, gatewayId: string, target: Target): boolean {
  const gateway = fabric.gateways.get(gatewayId)?.in.gateway;
  return gateway !== undefined && lookUp(gateway.routes, target.atom) !== NO_ROUTE;
}

const isAssociated = (fabric: Fabric, routerId: string, attachmentId: string): boolean =>
  fabric.associations.get(`${routerId} ${attachmentId}`)?.kind === 'router-table';

const tablesOfRouter = (router: CompiledRouter | undefined): RouterTableNode[] => [...(router?.tables.values() ?? [])];

function isAttachedToBasic(fabric: Fabric, vpc: string): boolean {
  const { cen } = fabric.model;
  const id = fabric.vpcs.get(vpc)?.model.id;
  return cen?.edition === 'basic' && id !== undefined && cen.attachedVpcs.includes(id);
}
