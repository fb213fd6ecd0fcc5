/**
 * Where a packet went wrong, and why. The hop that drops it is often not the one at fault: a route that is too
 * specific sends it astray two hops before. So every hop is compared with where the packet should have gone, and the
 * first that differs is named; where none does, the last hop is, with the reason why it had nothing to go by.
 */

import { type Cidr, contains, rangeOf } from '../cidr';
import { unreachable } from '../errors';
import { type Atom, firstAddressOf, formatAtom } from './address-space';
import { hopsOf, type Way } from './carry';
import type { Fabric } from './fabric';
import type { DropReason, Hop, Took } from './hop';
import {
  type Explanation,
  missingInCenRegion,
  missingInRouter,
  missingInVpcTable,
  missingOnGateway,
  noTunnel,
  notAssociated,
  notAttached,
  type Target,
} from './missing-route';

export interface Failure extends Explanation {
  place: string;
  /** The hops up to and with the failing one. */
  hops: Hop[];
}

/** For a way that does not end at `site`. */
export function diagnose(fabric: Fabric, way: Way, site: string, destination: Atom): Failure {
  const target = targetOf(fabric, site, destination);
  const hops = hopsOf(way);
  const astray = hops.findIndex((hop) => leadsAstray(fabric, hop, target));
  const position = astray >= 0 ? astray : hops.length - 1;
  const hop = hops[position] ?? way.hop;
  const explanation = astray >= 0 ? explainAstray(fabric, hop, target) : explainEnd(fabric, way, hop, target);
  return { ...explanation, place: hop.place, hops: hops.slice(0, position + 1) };
}

function targetOf(fabric: Fabric, site: string, atom: Atom): Target {
  const office = fabric.offices.get(site) ?? null;
  const gateway = office?.gatewayId ? fabric.gateways.get(office.gatewayId)?.in.gateway : undefined;
  const home = office ? (gateway?.model.vpc ?? null) : site;
  return { site, atom, block: formatAtom(fabric.space, atom), office, home };
}

function leadsAstray(fabric: Fabric, hop: Hop, target: Target): boolean {
  const { at, took } = hop;
  if (took.kind === 'nowhere' || target.home === null) return false;
  switch (at.kind) {
    case 'gateway':
      if (target.office?.gatewayId !== at.id) return took.kind !== 'into-vpc';
      return took.kind !== 'connection' || took.id !== target.office.connectionId;
    case 'vpc-table':
      if (at.vpc !== target.home) return !leadsTowardsCen(fabric, at.vpc, hop, target);
      return target.office ? took.kind !== 'gateway' || took.id !== target.office.gatewayId : took.kind !== 'v-switch';
    case 'router':
      return took.kind !== 'attachment' || !leadsHome(fabric, at.routerId, took.id, target.home);
    case 'cen-region':
      return took.kind !== 'region' || took.vpcId !== fabric.vpcs.get(target.home)?.model.id;
    default:
      return false;
  }
}

function leadsTowardsCen(fabric: Fabric, vpc: string, { took }: Hop, target: Target): boolean {
  if (took.kind === 'attachment') return fabric.vpcAttachments.get(took.id)?.vpc === vpc;
  return took.kind === 'region' && took.vpcId === fabric.vpcs.get(target.home ?? '')?.model.id;
}

function leadsHome(fabric: Fabric, routerId: string, attachmentId: string, home: string): boolean {
  const homes = [...fabric.vpcAttachments.values()].filter((it) => it.vpc === home);
  if (homes.length === 0) return true;
  if (homes.some((it) => it.routerId === routerId)) return homes.some((it) => it.id === attachmentId);
  const peer = fabric.peerAttachments.get(attachmentId);
  return homes.some((it) => peer?.routerIds.includes(it.routerId));
}

function explainAstray(fabric: Fabric, hop: Hop, target: Target): Explanation {
  const { took, at, route } = hop;
  const what = hop.text.slice(hop.place.length + 2);
  if (took.kind === 'into-vpc' && at.kind === 'gateway') return missingOnGateway(at.id, target);
  if (took.kind === 'v-switch')
    return {
      cause: `${target.block} of ${target.site} lies in the VPC's own vSwitch (${what}), which always wins`,
      remedy: `give ${target.site} a block that no VPC uses`,
    };
  if (took.kind === 'connection' && took.policyPriority !== null)
    return {
      cause: `a policy route is looked up before every destination route: ${what} takes ${target.block} away from ${target.site}`,
      remedy: 'remove the policy route, and create connections with AutoConfigRoute off',
    };
  const twin = twinOf(fabric, hop, target);
  if (twin)
    return {
      cause: `${what} leads to office ${twin}, whose block overlaps ${target.block} of ${target.site}`,
      remedy: `give ${twin} and ${target.site} blocks that do not overlap`,
    };
  if (hasRightRoute(fabric, hop, target))
    return {
      cause: `${what} ${took.kind === 'black-hole' ? 'swallows' : 'takes'} ${target.block} before the route to ${target.site} is reached`,
      remedy: `remove the route ${route ?? ''}, or make it less specific`,
    };
  const missing = explainMissing(fabric, hop, target);
  return { cause: `${what} takes ${target.block} elsewhere: ${missing.cause}`, remedy: missing.remedy };
}

/** The office that the gateway's route leads to, where it holds the same addresses. */
function twinOf(fabric: Fabric, { at, took }: Hop, target: Target): string | null {
  if (at.kind !== 'gateway' || took.kind !== 'connection') return null;
  const name = fabric.gateways.get(at.id)?.in.gateway.tunnels.get(took.id)?.connection.office;
  const twin = name == null ? undefined : fabric.offices.get(name);
  return twin && twin.name !== target.site && covers(fabric, twin.cidrs, target) ? twin.name : null;
}

/** Whether the table also holds a route that would have led to the target: then the astray one only beats it. */
function hasRightRoute(fabric: Fabric, hop: Hop, target: Target): boolean {
  return alternatives(fabric, hop).some(
    ({ destination, took }) => covers(fabric, [destination], target) && !leadsAstray(fabric, { ...hop, took }, target),
  );
}

interface Alternative {
  destination: Cidr;
  took: Took;
}

/** What the hop's table holds besides the route that won; next hops that can only lead astray are left out. */
function alternatives(fabric: Fabric, { at }: Hop): Alternative[] {
  switch (at.kind) {
    case 'gateway':
      return (fabric.gateways.get(at.id)?.in.gateway.model.destinationRoutes ?? []).map(
        ({ destination, connectionId }) => ({
          destination,
          took: { kind: 'connection', id: connectionId, policyPriority: null },
        }),
      );
    case 'vpc-table':
      return (fabric.vpcs.get(at.vpc)?.tables.get(at.tableId)?.table.routes ?? []).flatMap(
        ({ destination, nextHop }): Alternative[] => {
          if (nextHop.kind === 'vpn-gateway') return [{ destination, took: { kind: 'gateway', id: nextHop.id } }];
          if (nextHop.kind === 'attachment') return [{ destination, took: { kind: 'attachment', id: nextHop.id } }];
          return nextHop.kind === 'cen' ? [{ destination, took: { kind: 'region', vpcId: nextHop.vpcId } }] : [];
        },
      );
    case 'router':
      return (fabric.routers.get(at.routerId)?.tables.get(at.tableId ?? '')?.table.routes ?? []).flatMap(
        ({ destination, nextHop }): Alternative[] =>
          nextHop.kind === 'attachment' ? [{ destination, took: { kind: 'attachment', id: nextHop.id } }] : [],
      );
    default:
      return [];
  }
}

const covers = (fabric: Fabric, blocks: readonly Cidr[], { atom }: Target): boolean => {
  const first = firstAddressOf(fabric.space, atom);
  return blocks.some((block) => contains(rangeOf(block), { first, last: first, prefixLength: 32 }));
};

function explainMissing(fabric: Fabric, { at }: Hop, target: Target): Explanation {
  switch (at.kind) {
    case 'gateway':
      return missingOnGateway(at.id, target);
    case 'vpc-table':
      return missingInVpcTable(fabric, at, target);
    case 'router': {
      const table = fabric.routers.get(at.routerId)?.tables.get(at.tableId ?? '');
      return table ? missingInRouter(fabric, table, target) : notAttached(target.home ?? target.site);
    }
    case 'cen-region':
      return missingInCenRegion(fabric, at.region, target);
    default:
      return noTunnel(target);
  }
}

function explainEnd(fabric: Fabric, way: Way, hop: Hop, target: Target): Explanation {
  // To an office without a tunnel no way leads, whatever else stands in the tables beyond the sender's own.
  if (target.home === null && hop.at.kind !== 'office') return noTunnel(target);
  if (way.end.kind !== 'dropped')
    return {
      cause: `${target.block} arrives at ${way.end.name}, not at ${target.site}`,
      remedy: `give ${way.end.name} and ${target.site} blocks that do not overlap`,
    };
  const { reason } = way.end;
  if (reason.kind === 'no-route') return explainMissing(fabric, hop, target);
  return explainDrop(reason, hop, target);
}

function explainDrop(reason: Exclude<DropReason, { kind: 'no-route' }>, hop: Hop, target: Target): Explanation {
  switch (reason.kind) {
    case 'dead-end':
      return {
        cause: `${hop.route ?? target.block} ends here`,
        remedy: `remove the route ${hop.route ?? target.block}`,
      };
    case 'dangling':
      return {
        cause: `${reason.what} does not exist here`,
        remedy: `restore ${reason.what}, or remove what points at it`,
      };
    case 'not-associated':
      return notAssociated(reason.attachmentId, hop.at.kind === 'router' ? hop.at.routerId : 'unknown');
    case 'not-attached':
      return notAttached(reason.vpc);
    case 'no-tunnel':
      return noTunnel({ site: hop.at.kind === 'office' ? hop.at.name : target.site });
    case 'own-block':
      return {
        cause: `${target.block} of ${target.site} is a block of the sender too: its device keeps such packets at home`,
        remedy: `give the two sites blocks that do not overlap`,
      };
    case 'selector':
      return explainSelector(reason);
    case 'no-office':
      return {
        cause: `connection ${reason.connectionId} ends at no office of this topology`,
        remedy: `remove the route to ${reason.connectionId}`,
      };
    case 'split':
      return {
        cause: `the tables of two zones send ${target.block} to different places`,
        remedy: 'let the tables of both zones hold the same routes',
      };
    case 'loop':
    case 'too-long':
      return {
        cause: `${target.block} goes round in circles, here for the second time`,
        remedy: `make the routes for ${target.block} agree on one way`,
      };
    default:
      return unreachable(reason);
  }
}

/** Says nothing of the one destination that was not covered: one narrow selector is one fault, not a thousand. */
function explainSelector({ side, connectionId, blocks }: Extract<DropReason, { kind: 'selector' }>): Explanation {
  if (side === 'cloudSide')
    return {
      cause: `the cloud side of the selectors of ${connectionId}, ${blocks}, does not cover the far end of the pair`,
      remedy: `give connection ${connectionId} the cloud side 0.0.0.0/0, on the office's device too`,
    };
  return {
    cause: `the office side of the selectors of ${connectionId}, ${blocks}, does not cover the office's addresses`,
    remedy: `give connection ${connectionId} all of the office's blocks as its office side, on the office's device too`,
  };
}
