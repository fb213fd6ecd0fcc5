/**
 * What the security groups will admit by `access`, asked by blocks and not by names: applications may share a group.
 * A group may have thousands of sources and be asked for thousands of ports. Sources are mostly let to the same ports,
 * so they are kept together by them, and the blocks of sources that a port admits are gathered once.
 */
import { type Cidr, type CidrRange, rangeOf } from '../../cidr';
import { formatPort, type PortRange, type Topology } from '../topology';
import { type Cover, coverOf, isCovered } from './coverage';
import { anyHolds, joinPorts } from './join-ports';

/** Whether every address of `from` is admitted to all of the port at the group of `to`. */
export type Admits = (from: string, to: string, port: PortRange) => boolean;

export function admissionOf(topology: Topology): Admits {
  const groupOf = new Map<string, string>(
    topology.vpcs.flatMap((vpc) => vpc.applications).map(({ ref, securityGroup }) => [ref, securityGroup]),
  );
  const blocks = blocksByName(topology);
  const admissions = admissionsByGroup(topology, groupOf);
  const [byPort, bySources] = [new Map<string, Cover>(), new Map<string, Cover>()];
  const admittedTo = (group: string, port: PortRange): Cover =>
    remembered(byPort, `${group} ${formatPort(port)}`, () => {
      const admitted = [...(admissions.get(group) ?? []).entries()].filter(([, { ports }]) => anyHolds(ports, port));
      return remembered(bySources, `${group} ${admitted.map(([at]) => at).join(' ')}`, () =>
        coverOf(admitted.flatMap(([, { sources }]) => sources.flatMap((source) => blocks.get(source) ?? []))),
      );
    });
  return (from, to, port) => {
    const group = groupOf.get(to);
    if (group === undefined) return false;
    const admitted = admittedTo(group, port);
    return (blocks.get(from) ?? []).every((range) => isCovered(range, admitted));
  };
}

function blocksByName({ vpcs, offices }: Topology): Map<string, CidrRange[]> {
  return new Map([
    ...[...vpcs, ...offices].map(({ name, cidrs }): [string, CidrRange[]] => [name, cidrs.map(rangeOf)]),
    ...vpcs
      .flatMap((vpc) => vpc.applications)
      .map(({ ref, addresses }): [string, CidrRange[]] => [
        ref,
        addresses.map((address) => rangeOf(`${address}/32` as Cidr)),
      ]),
  ]);
}

function remembered<T>(known: Map<string, T>, key: string, find: () => T): T {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}

interface Admission {
  /** Joined. */
  ports: PortRange[];
  /** All that are let to just these. */
  sources: string[];
}

function admissionsByGroup({ access }: Topology, groupOf: ReadonlyMap<string, string>): Map<string, Admission[]> {
  const groups = new Map<string, Map<string, PortRange[]>>();
  for (const { from, to, ports } of access.rules) {
    const group = groupOf.get(to);
    if (group === undefined) continue;
    const stated = remembered(groups, group, () => new Map<string, PortRange[]>());
    const known = stated.get(from);
    if (known) known.push(...ports);
    else stated.set(from, [...ports]);
  }
  return new Map([...groups].map(([group, stated]) => [group, byPorts(stated)]));
}

function byPorts(stated: ReadonlyMap<string, readonly PortRange[]>): Admission[] {
  const admissions = new Map<string, Admission>();
  for (const [source, ports] of stated) {
    const joined = joinPorts(ports);
    const key = joined.map(formatPort).join(' ');
    remembered(admissions, key, () => ({ ports: joined, sources: [] })).sources.push(source);
  }
  return [...admissions.values()];
}
