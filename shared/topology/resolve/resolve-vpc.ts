import type { VpcEntry } from '../file-schema';
import { type Path, warning } from '../finding';
import type { Application, Vpc, VSwitch } from '../topology';
import { type Context, leaveOut, tellUnknown } from './context';
import { GATEWAY_MBPS } from './defaults';
import { allOf, readAddress, readCidr, readCidrs } from './read-address';
import { readPorts } from './read-port';

/** Null, and left out, where its blocks cannot be read: nothing could be said of what stands in them. */
export function resolveVpc(context: Context, name: string, entry: VpcEntry): Vpc | null {
  const path: Path = ['vpcs', name];
  const cidrs = readCidrs(context, entry.cidrs, [...path, 'cidrs']);
  const vSwitches = allOf(
    entry.vSwitches.map((given, index) => vSwitch(context, given, [...path, 'vSwitches', index])),
  );
  if (!cidrs || !vSwitches) {
    leaveOut(context, 'vpcs', name);
    return null;
  }
  const stated = knownVSwitches(context, entry.gateway?.vSwitches, vSwitches, [...path, 'gateway', 'vSwitches']);
  const gateway = pairOf(stated) ?? firstTwoZones(context, name, vSwitches);
  const attachment = knownVSwitches(context, entry.attachment?.vSwitches, vSwitches, [
    ...path,
    'attachment',
    'vSwitches',
  ]);
  return {
    name,
    region: entry.region,
    id: entry.id,
    cidrs,
    vSwitches,
    gateway: { bandwidthMbps: entry.gateway?.bandwidthMbps ?? GATEWAY_MBPS, vSwitches: gateway },
    attachment: { vSwitches: attachment ?? [...new Set(gateway)] },
    applications: Object.entries(entry.applications ?? {}).flatMap(([application, given]) => {
      const resolved = resolveApplication(context, { vpc: name, name: application, vSwitches }, given);
      if (!resolved) leaveOut(context, 'applications', `${name}.${application}`);
      return resolved ?? [];
    }),
    protect: entry.protect ?? false,
  };
}

function vSwitch(
  context: Context,
  { id, zone, cidr, routeTable }: VpcEntry['vSwitches'][number],
  path: Path,
): VSwitch | null {
  const block = readCidr(context, cidr, [...path, 'cidr']);
  return block && { id, zone, cidr: block, routeTable: routeTable ?? null };
}

/** Null where none are stated, or one of them is unknown. */
function knownVSwitches(
  context: Context,
  stated: readonly string[] | undefined,
  vSwitches: readonly VSwitch[],
  path: Path,
): string[] | null {
  if (!stated) return null;
  const ids = vSwitches.map(({ id }) => id);
  const unknown = [...stated.entries()].filter(([, id]) => !ids.includes(id));
  for (const [index, id] of unknown) tellUnknown(context, 'vSwitch', [...path, index], id, ids);
  return unknown.length > 0 ? null : [...stated];
}

/** Sorted: which of the two is the first makes no difference, and a file put into another order must change nothing. */
const pairOf = (ids: readonly string[] | null): [string, string] | null => {
  const [first, second] = ids?.toSorted() ?? [];
  return first !== undefined && second !== undefined ? [first, second] : null;
};

/**
 * In the file's order, so that one added at the end moves no gateway. Where there is a choice it should be written
 * down: another order would replace the gateway, and with it both addresses that the offices' devices know.
 */
function firstTwoZones({ tell }: Context, name: string, vSwitches: readonly VSwitch[]): [string, string] {
  const first = vSwitches[0];
  const second = vSwitches.find(({ zone }) => zone !== first?.zone) ?? first;
  const pair = pairOf([first?.id ?? '', second?.id ?? '']) ?? ['', ''];
  if (vSwitches.length > 2)
    tell(
      warning(['vpcs', name, 'vSwitches'], {
        code: 'gateway-place-not-stated',
        message: `${name} has ${vSwitches.length} vSwitches and does not say which its gateway stands in: ${pair.join(' and ')}, by their order`,
        remedy: `Write it down: gateway: {vSwitches: [${pair.join(', ')}]}.`,
      }),
    );
  return pair;
}

interface Place {
  vpc: string;
  name: string;
  vSwitches: readonly VSwitch[];
}

function resolveApplication(
  context: Context,
  { vpc, name, vSwitches }: Place,
  entry: NonNullable<VpcEntry['applications']>[string],
): Application | null {
  const path: Path = ['vpcs', vpc, 'applications', name];
  const addresses = allOf(
    entry.addresses.map((text, index) => readAddress(context, text, [...path, 'addresses', index])),
  );
  const ports = readPorts(context, entry.ports, [...path, 'ports']);
  const ids = vSwitches.map(({ id }) => id);
  const isKnown = ids.includes(entry.vSwitch);
  if (!isKnown) tellUnknown(context, `vSwitch of ${vpc}`, [...path, 'vSwitch'], entry.vSwitch, ids);
  if (!addresses || !ports || !isKnown) return null;
  const { securityGroup, vSwitch } = entry;
  return { name, ref: `${vpc}.${name}`, vpc, securityGroup, vSwitch, addresses, ports };
}
