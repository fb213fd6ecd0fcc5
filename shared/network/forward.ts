/**
 * What one node does with one packet: looks up its table and names the next node. The rules, with their sources
 * (network-apis, sections 2.5 and 10): a gateway looks at policy routes by priority before destination routes by
 * longest prefix, and hands what matches neither to its VPC; a VPC's own vSwitches win over every route; a transit
 * router looks up the table that the entrance is associated with.
 */
import { invariant, unreachable } from '../errors';
import { type Atom, formatAtom, within } from './address-space';
import {
  type CenRegionNode,
  type CompiledGateway,
  entranceOf,
  type Fabric,
  type FabricNode,
  type RouterTableNode,
  type SelectorGap,
  type TunnelNode,
  tablesOf,
  type VpcTableNode,
} from './fabric';
import { type DropReason, type End, type Hop, makeHop, type Took } from './hop';
import { lookUp, NO_ROUTE } from './route-lookup';

/**
 * Which table the network interface of a gateway or an attachment consults when its vSwitch has a custom one is
 * unverified. `as-bound`: the vSwitch's. The others put the system table in its place, for one of the two.
 */
export type Reading = 'as-bound' | 'gateway-system' | 'attachment-system';

export interface Step {
  hop: Hop;
  /** All of them must carry the packet: two zones may have two tables. Empty where the way ends. */
  to: readonly FabricNode[];
  end: End | null;
  /** The link that it passes has no bandwidth: 1 kbit/s. */
  starved: boolean;
}

export type Forward = (node: FabricNode, source: Atom, destination: Atom) => Step;

export function createForward(fabric: Fabric, reading: Reading): Forward {
  const known = new Map<FabricNode, Map<number, Step>>();
  // One step a route, not one a packet: the texts of a thousand packets that match one route are the same string.
  const once = (node: FabricNode, position: number, make: () => Step): Step => {
    const steps = known.get(node) ?? new Map<number, Step>();
    const step = steps.get(position) ?? make();
    known.set(node, steps.set(position, step));
    return step;
  };
  return (node, source, destination) => {
    switch (node.kind) {
      case 'gateway-in':
        return fromTunnel(fabric, reading, node.gateway, source, destination);
      case 'gateway-out':
        return routeToTunnel(fabric, node.gateway, source, destination) ?? lost(fabric, node, destination);
      case 'tunnel':
        return throughTunnel(node, source, destination);
      case 'vpc-table': {
        const local = lookUp(node.local, destination);
        const position = lookUp(node.routes, destination);
        if (local !== NO_ROUTE) return once(node, -2 - local, () => intoVSwitch(node, local));
        if (position === NO_ROUTE) return lost(fabric, node, destination);
        return once(node, position, () => alongVpcRoute(fabric, node, position));
      }
      case 'router-table': {
        const position = lookUp(node.routes, destination);
        if (position === NO_ROUTE) return lost(fabric, node, destination);
        return once(node, position, () => alongRouterRoute(fabric, reading, node, position));
      }
      case 'cen-region': {
        const position = lookUp(node.routes, destination);
        if (position === NO_ROUTE) return lost(fabric, node, destination);
        return once(node, position, () => alongCenRoute(fabric, node, position));
      }
      case 'unassociated':
      case 'unattached':
        return lost(fabric, node, destination);
      default:
        return unreachable(node);
    }
  };
}

const onwards = (hop: Hop, to: readonly FabricNode[], starved = false): Step => ({ hop, to, end: null, starved });
const ended = (hop: Hop, end: End): Step => ({ hop, to: [], end, starved: false });
const dropped = (hop: Hop, reason: DropReason): Step => ended(hop, { kind: 'dropped', reason });

/** The place's own words for "nothing here leads on". */
function lost(fabric: Fabric, node: FabricNode, destination: Atom): Step {
  const block = formatAtom(fabric.space, destination);
  const nowhere: Took = { kind: 'nowhere' };
  if (node.kind === 'unassociated') {
    const { routerId, attachmentId } = node;
    const at = { kind: 'router', routerId, tableId: null } as const;
    const found = `attachment ${attachmentId} is associated with no table`;
    return dropped(makeHop(`router ${routerId}`, at, found, nowhere), { kind: 'not-associated', attachmentId });
  }
  if (node.kind === 'unattached') {
    const { name } = node.vpc;
    const hop = makeHop(`vpc ${name}`, { kind: 'vpc', name }, 'not attached to CEN', nowhere);
    return dropped(hop, { kind: 'not-attached', vpc: name });
  }
  const { place, at } = whereIs(node);
  return dropped(makeHop(place, at, `no route for ${block}`, nowhere), { kind: 'no-route' });
}

function whereIs(node: Exclude<FabricNode, { kind: 'unassociated' | 'unattached' }>): Pick<Hop, 'place' | 'at'> {
  switch (node.kind) {
    case 'gateway-in':
    case 'gateway-out': {
      const { id, vpc } = node.gateway.model;
      return { place: `routes of gateway ${id}`, at: { kind: 'gateway', id, vpc } };
    }
    case 'tunnel': {
      const { id, office } = node.connection;
      return { place: `selectors of connection ${id}`, at: { kind: 'tunnel', connectionId: id, office } };
    }
    case 'vpc-table': {
      const { id, kind } = node.table;
      const at = { kind: 'vpc-table', vpc: node.vpc.name, tableId: id, system: kind === 'system' } as const;
      return { place: `table ${id} of vpc ${node.vpc.name}`, at };
    }
    case 'router-table': {
      const at = { kind: 'router', routerId: node.routerId, tableId: node.table.id } as const;
      return { place: `table ${node.table.id} of router ${node.routerId}`, at };
    }
    case 'cen-region':
      return {
        place: `table of ${node.cenId} in ${node.region}`,
        at: { kind: 'cen-region', region: node.region },
      };
    default:
      return unreachable(node);
  }
}

/** What came out of a tunnel: to another office of this gateway without passing a VPC table, else into the VPC. */
function fromTunnel(fabric: Fabric, reading: Reading, gateway: CompiledGateway, source: Atom, destination: Atom): Step {
  const hairpin = routeToTunnel(fabric, gateway, source, destination);
  if (hairpin) return hairpin;
  const { id, vpc: vpcName, vSwitchIds } = gateway.model;
  const { place, at } = whereIs({ kind: 'gateway-in', gateway });
  const vpc = fabric.vpcs.get(vpcName);
  const tables = !vpc
    ? []
    : reading === 'gateway-system'
      ? [vpc.system].filter((it) => it !== null)
      : tablesOf(vpc, vSwitchIds);
  const hop = makeHop(place, at, `none for it, into vpc ${vpcName}`, { kind: 'into-vpc' });
  if (tables.length === 0) return dropped(hop, { kind: 'dangling', what: `vpc ${vpcName} of gateway ${id}` });
  return onwards(hop, tables);
}

function routeToTunnel(fabric: Fabric, gateway: CompiledGateway, source: Atom, destination: Atom): Step | null {
  const policy = gateway.policies.find((it) => within([it.source], source) && within([it.destination], destination));
  const destinationRoute = gateway.model.destinationRoutes[lookUp(gateway.routes, destination)];
  const connectionId = policy?.route.connectionId ?? destinationRoute?.connectionId;
  if (connectionId === undefined) return null;
  const { place, at } = whereIs({ kind: 'gateway-out', gateway });
  const route = policy
    ? `policy ${policy.route.priority} ${policy.route.source} → ${policy.route.destination}`
    : (destinationRoute?.destination ?? formatAtom(fabric.space, destination));
  const took: Took = { kind: 'connection', id: connectionId, policyPriority: policy?.route.priority ?? null };
  const hop = makeHop(place, at, `${route} → connection ${connectionId}`, took, route);
  const tunnel = gateway.tunnels.get(connectionId);
  return tunnel ? onwards(hop, [tunnel]) : dropped(hop, { kind: 'dangling', what: `connection ${connectionId}` });
}

function throughTunnel(tunnel: TunnelNode, source: Atom, destination: Atom): Step {
  const { connection } = tunnel;
  const { place, at } = whereIs(tunnel);
  const found = `${connection.cloudSide.join(', ')} ↔ ${connection.officeSide.join(', ')}`;
  const refused = selectorGap(tunnel, { cloudAtom: source, officeAtom: destination });
  if (refused) return dropped(makeHop(place, at, found, { kind: 'nowhere' }), refused);
  if (connection.office === null) {
    const hop = makeHop(place, at, `${found}, no office of this topology`, { kind: 'nowhere' });
    return dropped(hop, { kind: 'no-office', connectionId: connection.id });
  }
  const hop = makeHop(place, at, `${found} to office ${connection.office}`, { kind: 'delivered' });
  return ended(hop, { kind: 'office', name: connection.office });
}

/** Null where the connection's selectors cover both ends of a packet; `cloudAtom` is the end beyond the gateway. */
export function selectorGap(
  tunnel: TunnelNode,
  { cloudAtom, officeAtom }: { cloudAtom: Atom; officeAtom: Atom },
): SelectorGap | null {
  if (!within(tunnel.officeSide, officeAtom)) return tunnel.gaps.officeSide;
  if (!within(tunnel.cloudSide, cloudAtom)) return tunnel.gaps.cloudSide;
  return null;
}

function intoVSwitch(node: VpcTableNode, local: number): Step {
  const vSwitch = node.vpc.vSwitches[local];
  invariant(vSwitch, 'a local lookup names a vSwitch of its VPC');
  const { place, at } = whereIs(node);
  const hop = makeHop(
    place,
    at,
    `${vSwitch.cidr} → vSwitch ${vSwitch.id}`,
    { kind: 'v-switch', id: vSwitch.id },
    vSwitch.cidr,
  );
  return ended(hop, { kind: 'vpc', name: node.vpc.name });
}

function alongVpcRoute(fabric: Fabric, node: VpcTableNode, position: number): Step {
  const route = node.table.routes[position];
  invariant(route, 'a lookup names a route of its table');
  const { destination, nextHop } = route;
  const { place, at } = whereIs(node);
  const hopTo = (found: string, took: Took) => makeHop(place, at, `${destination} → ${found}`, took, destination);
  switch (nextHop.kind) {
    case 'vpn-gateway': {
      const gateway = fabric.gateways.get(nextHop.id);
      const hop = hopTo(`gateway ${nextHop.id}`, { kind: 'gateway', id: nextHop.id });
      if (gateway?.out.gateway.model.vpc !== node.vpc.name)
        return dropped(hop, { kind: 'dangling', what: `gateway ${nextHop.id}` });
      return onwards(hop, [gateway.out]);
    }
    case 'attachment': {
      const hop = hopTo(`attachment ${nextHop.id}`, { kind: 'attachment', id: nextHop.id });
      const attachment = fabric.vpcAttachments.get(nextHop.id);
      if (attachment?.vpc !== node.vpc.name)
        return dropped(hop, { kind: 'dangling', what: `attachment ${nextHop.id}` });
      return onwards(hop, [entranceOf(fabric, attachment.routerId, attachment.id)]);
    }
    case 'cen':
      return intoBasicCen(
        fabric,
        node,
        hopTo(`CEN towards ${nextHop.vpcId} in ${nextHop.region}`, { kind: 'region', vpcId: nextHop.vpcId }),
      );
    case 'other': {
      const { type, id } = nextHop;
      return dropped(hopTo(`${type} ${id}`, { kind: 'other', type, id }), { kind: 'dead-end' });
    }
    default:
      return unreachable(nextHop);
  }
}

function intoBasicCen(fabric: Fabric, node: VpcTableNode, hop: Hop): Step {
  const { cen } = fabric.model;
  const region = fabric.cenRegions.get(node.vpc.region);
  if (cen?.edition !== 'basic' || !region) return dropped(hop, { kind: 'dangling', what: `CEN in ${node.vpc.region}` });
  if (!cen.attachedVpcs.includes(node.vpc.id)) return onwards(hop, [{ kind: 'unattached', vpc: node.vpc }]);
  return onwards(hop, [region]);
}

function alongRouterRoute(fabric: Fabric, reading: Reading, node: RouterTableNode, position: number): Step {
  const route = node.table.routes[position];
  invariant(route, 'a lookup names a route of its table');
  const { destination, nextHop } = route;
  const { place, at } = whereIs(node);
  if (nextHop.kind === 'black-hole')
    return dropped(makeHop(place, at, `${destination} → black hole`, { kind: 'black-hole' }, destination), {
      kind: 'dead-end',
    });
  const { id } = nextHop;
  const took: Took = { kind: 'attachment', id };
  const hop = (towards: string) => makeHop(place, at, `${destination} → attachment ${id}${towards}`, took, destination);
  const peer = fabric.peerAttachments.get(id);
  if (peer?.routerIds.includes(node.routerId)) {
    const [first, second] = peer.routerIds;
    const far = first === node.routerId ? second : first;
    const text = hop(` to router ${far}`);
    return onwards(text, [entranceOf(fabric, far, id)], peer.bandwidthMbps <= 0);
  }
  const attachment = fabric.vpcAttachments.get(id);
  if (attachment?.routerId !== node.routerId) return dropped(hop(''), { kind: 'dangling', what: `attachment ${id}` });
  const vpc = fabric.vpcs.get(attachment.vpc);
  const tables = !vpc
    ? []
    : reading === 'attachment-system'
      ? [vpc.system].filter((it) => it !== null)
      : tablesOf(vpc, attachment.vSwitchIds);
  if (tables.length === 0) return dropped(hop(''), { kind: 'dangling', what: `vpc ${attachment.vpc}` });
  return onwards(hop(` to vpc ${attachment.vpc}`), tables);
}

function alongCenRoute(fabric: Fabric, node: CenRegionNode, position: number): Step {
  const route = node.table[position];
  invariant(route, 'a lookup names a route of its table');
  const { place, at } = whereIs(node);
  const { cen } = fabric.model;
  invariant(cen?.edition === 'basic', 'a region table belongs to the basic edition');
  const vpc = fabric.vpcsById.get(route.vpcId);
  const found = `${route.destination} → vpc ${vpc?.model.name ?? route.vpcId} in ${route.region}`;
  const hop = makeHop(place, at, found, { kind: 'region', vpcId: route.vpcId }, route.destination);
  if (!vpc?.system) return dropped(hop, { kind: 'dangling', what: `vpc ${route.vpcId}` });
  if (!cen.attachedVpcs.includes(vpc.model.id)) return onwards(hop, [{ kind: 'unattached', vpc: vpc.model }]);
  const bandwidth = cen.bandwidths.find(
    ({ regions }) => regions.includes(node.region) && regions.includes(route.region),
  );
  const starved = node.region !== route.region && (bandwidth?.bandwidthMbps ?? 0) <= 0;
  return onwards(hop, [vpc.system], starved);
}
