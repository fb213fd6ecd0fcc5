/**
 * Carries a packet through the fabric, hop by hop, until it is delivered or dropped.
 *
 * 1. A way is a function of (node, class of the source, atom of the destination): it is computed once and shared.
 * 2. Where several tables may be consulted (two zones), all must carry the packet: the worst way is the way.
 * 3. It ends: a node that is asked again for the packet it is already carrying is a loop, and MAX_HOPS bounds the rest.
 */
import { type Ipv4, parseIpv4, rangeOf } from '../cidr';
import { invariant } from '../errors';
import { type Atom, atomOf, formatAtom, spanOf, within } from './address-space';
import type { CompiledVpc, Fabric, FabricNode, GatewayInNode, TunnelNode } from './fabric';
import { createForward, type Reading, selectorGap } from './forward';
import { type DropReason, type End, type Hop, makeHop } from './hop';
import type { OfficeModel } from './model';
import { lookUp } from './route-lookup';

/** A packet's time to live, as most hosts set it; a proven way in this design takes at most eight. */
const MAX_HOPS = 64;

/** A way from one node on, as a list that shares its tail with every other way that leads there. */
export interface Way {
  hop: Hop;
  rest: Way | null;
  length: number;
  end: End;
  /** The first hop that passes a link without bandwidth. */
  starvedAt: Hop | null;
}

export interface Carrier {
  fabric: Fabric;
  /** From an address of an office or a VPC, by the site's name. */
  from(site: string, source: Atom, destination: Atom): Way;
}

export function createCarrier(fabric: Fabric, reading: Reading = 'as-bound'): Carrier {
  const follow = createFollow(fabric, reading);
  const offices = new Map(fabric.model.offices.map((office) => [office.name, leaveOffice(fabric, office, follow)]));
  const vpcs = new Map([...fabric.vpcs.values()].map((vpc) => [vpc.model.name, leaveVpc(fabric, vpc, follow)]));
  return {
    fabric,
    from: (site, source, destination) => {
      const leave = offices.get(site) ?? vpcs.get(site);
      return leave ? leave(source, destination) : unknownSite(site);
    },
  };
}

/** One packet by its addresses: for those who ask about one, not a million. */
export function carry(carrier: Carrier, packet: { from: string; source: Ipv4; destination: Ipv4 }): Way {
  const [source, destination] = [packet.source, packet.destination].map((address) => {
    const value = parseIpv4(address);
    invariant(value !== null, `not an IPv4 address: ${address}`);
    return atomOf(carrier.fabric.space, value);
  });
  return carrier.from(packet.from, source ?? 0, destination ?? 0);
}

export function hopsOf(way: Way): Hop[] {
  const hops: Hop[] = [];
  for (let at: Way | null = way; at; at = at.rest) hops.push(at.hop);
  return hops;
}

type Follow = (node: FabricNode, source: Atom, destination: Atom) => Way;
type Leave = (source: Atom, destination: Atom) => Way;

function createFollow(fabric: Fabric, reading: Reading): Follow {
  const forward = createForward(fabric, reading);
  const atoms = fabric.space.starts.length;
  // Null while the way is being followed: meeting it again is a loop, whichever branch led back.
  const known = new Map<FabricNode, Map<number, Way | null>>();
  const follow: Follow = (node, source, destination) => {
    const key = (fabric.sourceClasses[source] ?? 0) * atoms + destination;
    const ways = known.get(node) ?? new Map<number, Way | null>();
    known.set(node, ways);
    const before = ways.get(key);
    if (before) return before;
    const step = forward(node, source, destination);
    if (before === null) return drop(step.hop, { kind: 'loop' });
    ways.set(key, null);
    const way = step.end
      ? { hop: step.hop, rest: null, length: 1, end: step.end, starvedAt: null }
      : prepend(step.hop, worstOf(step.to.map((next) => follow(next, source, destination))), step.starved);
    ways.set(key, way);
    return way;
  };
  return follow;
}

const drop = (hop: Hop, reason: DropReason): Way => ({
  hop,
  rest: null,
  length: 1,
  end: { kind: 'dropped', reason },
  starvedAt: null,
});

function prepend(hop: Hop, rest: Way, starved: boolean): Way {
  const length = rest.length + 1;
  const end: End = length > MAX_HOPS ? { kind: 'dropped', reason: { kind: 'too-long' } } : rest.end;
  return { hop, rest, length, end, starvedAt: starved ? hop : rest.starvedAt };
}

function worstOf(ways: Way[]): Way {
  const [first, ...others] = ways;
  invariant(first, 'a step that does not end leads somewhere');
  const lost = ways.find((way) => way.end.kind === 'dropped');
  if (lost) return lost;
  const astray = others.find((way) => !sameEnd(way.end, first.end));
  if (astray) return { ...astray, end: { kind: 'dropped', reason: { kind: 'split' } } };
  return ways.find((way) => way.starvedAt) ?? first;
}

const sameEnd = (a: End, b: End): boolean =>
  a.kind === b.kind && a.kind !== 'dropped' && b.kind !== 'dropped' && a.name === b.name;

/** The office's device: what the selectors of its connection cover goes into the tunnel, the rest does not. */
function leaveOffice(fabric: Fabric, office: OfficeModel, follow: Follow): Leave {
  const at = { kind: 'office', name: office.name } as const;
  const place = `office ${office.name}`;
  const own = office.cidrs.map((block) => spanOf(fabric.space, rangeOf(block)));
  const found = tunnelOf(fabric, office);
  if (!found) {
    const hop = makeHop(place, at, 'no IPsec connection', { kind: 'nowhere' });
    const way = drop(hop, { kind: 'no-tunnel' });
    return () => way;
  }
  const { gateway, tunnel } = found;
  const { id, cloudSide, officeSide } = tunnel.connection;
  const blocks = `${officeSide.join(', ')} ↔ ${cloudSide.join(', ')}`;
  const into = makeHop(place, at, `selectors ${blocks} → connection ${id}`, {
    kind: 'connection',
    id,
    policyPriority: null,
  });
  const refused = makeHop(place, at, `selectors ${blocks} of connection ${id}`, { kind: 'nowhere' });
  // The same ways for every packet that they refuse: what they say does not depend on it.
  const gaps = {
    cloudSide: drop(refused, tunnel.gaps.cloudSide),
    officeSide: drop(refused, tunnel.gaps.officeSide),
  };
  return (source, destination) => {
    if (within(own, destination)) {
      const hop = makeHop(place, at, `${formatAtom(fabric.space, destination)} is its own block`, { kind: 'nowhere' });
      return drop(hop, { kind: 'own-block' });
    }
    const gap = selectorGap(tunnel, { cloudAtom: destination, officeAtom: source });
    return gap ? gaps[gap.side] : prepend(into, follow(gateway, source, destination), false);
  };
}

function tunnelOf(fabric: Fabric, office: OfficeModel): { gateway: GatewayInNode; tunnel: TunnelNode } | null {
  const gateway = office.gatewayId === null ? undefined : fabric.gateways.get(office.gatewayId)?.in;
  const tunnel = office.connectionId === null ? undefined : gateway?.gateway.tunnels.get(office.connectionId);
  return gateway && tunnel ? { gateway, tunnel } : null;
}

/** An address of a VPC: its vSwitch's table. */
function leaveVpc(fabric: Fabric, vpc: CompiledVpc, follow: Follow): Leave {
  const { name } = vpc.model;
  return (source, destination) => {
    const vSwitch = vpc.model.vSwitches[lookUp(vpc.local, source)];
    const table = vSwitch && vpc.tables.get(vSwitch.tableId);
    if (table) return follow(table, source, destination);
    const block = formatAtom(fabric.space, source);
    const missing = vSwitch ? `table ${vSwitch.tableId} does not exist` : `no vSwitch holds ${block}`;
    const hop = makeHop(`vpc ${name}`, { kind: 'vpc', name }, missing, { kind: 'nowhere' });
    return drop(hop, { kind: 'dangling', what: vSwitch ? `table ${vSwitch.tableId}` : `vSwitch for ${block}` });
  };
}

function unknownSite(name: string): Way {
  const hop = makeHop(`site ${name}`, { kind: 'vpc', name }, 'not in the network', { kind: 'nowhere' });
  return drop(hop, { kind: 'dangling', what: `site ${name}` });
}
