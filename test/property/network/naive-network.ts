/**
 * The oracle: the same network, read the slow way. It carries one address at a time, scans every table for its
 * longest prefix and follows every branch, a place met twice being a loop, and shares nothing with the code under test but the reading of a block.
 */
import { type CidrRange, parseCidr } from '../../../shared/cidr';
import type { NetworkModel, VpcModel } from '../../../shared/network/model';

export type Outcome = 'reachable' | 'starved' | 'blocked';

/** The places passed; each router has one table here. */
type Seen = readonly string[];

interface Arrival {
  site: string | null;
  starved: boolean;
}

/** Read once each: reading them at every look took half of the time. */
const ranges = new Map<string, CidrRange | null>();

function rangeOf(block: string): CidrRange | null {
  const known = ranges.get(block);
  if (known !== undefined) return known;
  const range = parseCidr(block);
  ranges.set(block, range);
  return range;
}

const holds = (block: string, address: number): boolean => {
  const range = rangeOf(block);
  return range !== null && range.first <= address && address <= range.last;
};
const length = (block: string): number => rangeOf(block)?.prefixLength ?? -1;

function longest<T extends { destination: string }>(routes: readonly T[], address: number): T | undefined {
  let best: T | undefined;
  for (const route of routes)
    if (holds(route.destination, address) && (!best || length(route.destination) > length(best.destination)))
      best = route;
  return best;
}

const LOST: Arrival = { site: null, starved: false };

export function naiveNetwork(model: NetworkModel) {
  const { cen } = model;
  const vpcNamed = (name: string) => model.vpcs.find((vpc) => vpc.name === name);

  const tablesOf = (vpc: VpcModel, vSwitchIds: readonly string[]): string[] => {
    const system = vpc.tables.find((table) => table.kind === 'system')?.id;
    const ids = vSwitchIds.map((id) => {
      const tableId = vpc.vSwitches.find((vSwitch) => vSwitch.id === id)?.tableId;
      return vpc.tables.some((table) => table.id === tableId) ? tableId : system;
    });
    return [...new Set(ids.length > 0 ? ids : [system])].filter((id) => id !== undefined);
  };

  const gateway = (id: string, from: 'tunnel' | 'vpc', source: number, address: number, seen: Seen): Arrival[] => {
    const it = model.gateways.find((candidate) => candidate.id === id);
    if (!it || seen.includes(`gateway ${id} ${from}`)) return [LOST];
    const next = [...seen, `gateway ${id} ${from}`];
    const policy = it.policyRoutes
      .map((route, index) => ({ route, index }))
      .sort((a, b) => a.route.priority - b.route.priority || a.index - b.index)
      .find(({ route }) => holds(route.source, source) && holds(route.destination, address))?.route;
    const route = policy ?? longest(it.destinationRoutes, address);
    if (route) {
      const connection = it.connections.find((candidate) => candidate.id === route.connectionId);
      const covered =
        connection?.cloudSide.some((block) => holds(block, source)) &&
        connection.officeSide.some((block) => holds(block, address));
      return [covered && connection ? { site: connection.office, starved: false } : LOST];
    }
    const vpc = vpcNamed(it.vpc);
    if (from === 'vpc' || !vpc) return [LOST];
    const tables = tablesOf(vpc, it.vSwitchIds);
    return tables.length === 0 ? [LOST] : tables.flatMap((table) => vpcTable(vpc, table, source, address, next));
  };

  const vpcTable = (vpc: VpcModel, tableId: string, source: number, address: number, seen: Seen): Arrival[] => {
    if (seen.includes(`vpc ${vpc.name} ${tableId}`)) return [LOST];
    const then = [...seen, `vpc ${vpc.name} ${tableId}`];
    if (vpc.vSwitches.some((vSwitch) => holds(vSwitch.cidr, address))) return [{ site: vpc.name, starved: false }];
    const next = longest(vpc.tables.find((table) => table.id === tableId)?.routes ?? [], address)?.nextHop;
    switch (next?.kind) {
      case 'vpn-gateway':
        return model.gateways.find(({ id }) => id === next.id)?.vpc === vpc.name
          ? gateway(next.id, 'vpc', source, address, then)
          : [LOST];
      case 'attachment': {
        if (cen?.edition !== 'transit-router') return [LOST];
        const attachment = cen.vpcAttachments.find(({ id }) => id === next.id);
        return attachment?.vpc === vpc.name ? router(attachment.routerId, next.id, source, address, then) : [LOST];
      }
      case 'cen':
        return basic(vpc, source, address, then);
      default:
        return [LOST];
    }
  };

  const router = (routerId: string, door: string, source: number, address: number, seen: Seen): Arrival[] => {
    if (cen?.edition !== 'transit-router' || seen.includes(`router ${routerId}`)) return [LOST];
    const then = [...seen, `router ${routerId}`];
    const tableId = cen.associations.find((it) => it.routerId === routerId && it.attachmentId === door)?.tableId;
    const table = cen.routers.find(({ id }) => id === routerId)?.tables.find(({ id }) => id === tableId);
    const next = longest(table?.routes ?? [], address)?.nextHop;
    if (next?.kind !== 'attachment') return [LOST];
    const peer = cen.peerAttachments.find(({ id, routerIds }) => id === next.id && routerIds.includes(routerId));
    if (peer) {
      const far = peer.routerIds[0] === routerId ? peer.routerIds[1] : peer.routerIds[0];
      const starved = peer.bandwidthMbps <= 0;
      return router(far, next.id, source, address, then).map((it) => ({ ...it, starved: it.starved || starved }));
    }
    const attachment = cen.vpcAttachments.find((it) => it.id === next.id && it.routerId === routerId);
    const vpc = attachment && vpcNamed(attachment.vpc);
    const tables = vpc ? tablesOf(vpc, attachment.vSwitchIds) : [];
    return tables.length === 0 || !vpc ? [LOST] : tables.flatMap((it) => vpcTable(vpc, it, source, address, then));
  };

  const basic = (from: VpcModel, source: number, address: number, seen: Seen): Arrival[] => {
    if (cen?.edition !== 'basic' || !cen.attachedVpcs.includes(from.id)) return [LOST];
    const route = longest(cen.tables.find(({ region }) => region === from.region)?.routes ?? [], address);
    const to = model.vpcs.find(({ id }) => id === route?.vpcId);
    const system = to?.tables.find(({ kind }) => kind === 'system');
    if (!route || !to || !system || !cen.attachedVpcs.includes(to.id)) return [LOST];
    const limit = cen.bandwidths.find(({ regions }) => regions.includes(from.region) && regions.includes(route.region));
    const starved = from.region !== route.region && (limit?.bandwidthMbps ?? 0) <= 0;
    return vpcTable(to, system.id, source, address, seen).map((it) => ({ ...it, starved: it.starved || starved }));
  };

  const send = (site: string, source: number, address: number): Arrival[] => {
    const office = model.offices.find(({ name }) => name === site);
    if (office) {
      const connection = model.gateways
        .find(({ id }) => id === office.gatewayId)
        ?.connections.find(({ id }) => id === office.connectionId);
      const enters =
        !office.cidrs.some((block) => holds(block, address)) &&
        connection?.officeSide.some((block) => holds(block, source)) &&
        connection.cloudSide.some((block) => holds(block, address));
      return enters && office.gatewayId !== null ? gateway(office.gatewayId, 'tunnel', source, address, []) : [LOST];
    }
    const vpc = vpcNamed(site);
    const vSwitch = vpc?.vSwitches.find(({ cidr }) => holds(cidr, source));
    return vpc && vSwitch && vpc.tables.some(({ id }) => id === vSwitch.tableId)
      ? vpcTable(vpc, vSwitch.tableId, source, address, [])
      : [LOST];
  };

  return (from: string, source: number, to: string, address: number): Outcome => {
    const arrivals = [
      ...send(from, source, address).map((it) => ({ ...it, expected: to })),
      ...send(to, address, source).map((it) => ({ ...it, expected: from })),
    ];
    if (arrivals.some(({ site, expected }) => site !== expected)) return 'blocked';
    return arrivals.some(({ starved }) => starved) ? 'starved' : 'reachable';
  };
}
