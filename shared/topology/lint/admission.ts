/**
 * What the security groups will admit by `access`, asked by blocks and not by names: applications may share a group or
 * an address, and what lies within an admitted block is admitted with it. A file may ask of fifty thousand pairs, so
 * the blocks around an address are looked up, of which there are 33 at most, and never searched for.
 */
import { type Cidr, type CidrRange, rangeOf } from '../../cidr';
import type { PortRange, Topology } from '../topology';
import { anyHolds, joinPorts } from './join-ports';

/** Whether every address of `from` is admitted to all of the port at the group of `to`. */
export type Admits = (from: string, to: string, port: PortRange) => boolean;

export function admissionOf(topology: Topology): Admits {
  const groupOf = new Map<string, string>(
    topology.vpcs.flatMap((vpc) => vpc.applications).map(({ ref, securityGroup }) => [ref, securityGroup]),
  );
  const sourcesOf = admittedSources(topology, groupOf);
  const { blocks, names } = survey(topology);
  const known = new Map<string, PortRange[]>();
  const admittedAt = (group: string, block: number): PortRange[] =>
    remembered(known, `${group} ${block}`, () => {
      const [there, sources] = [
        names.get(block) ?? new Set<string>(),
        sourcesOf.get(group) ?? new Map<string, PortRange[]>(),
      ];
      const lists = common(there, sources).map((name) => sources.get(name) ?? []);
      return lists.length === 1 ? (lists[0] ?? []) : joinPorts(lists.flat());
    });
  return (from, to, port) => {
    const group = groupOf.get(to);
    if (group === undefined) return false;
    if (anyHolds(sourcesOf.get(group)?.get(from) ?? [], port)) return true;
    return (blocks.get(from) ?? []).every((range) =>
      keysAround(range).some((block) => names.has(block) && anyHolds(admittedAt(group, block), port)),
    );
  };
}

/** In each group, by the name of the source: its ports, joined. */
function admittedSources(
  { access }: Topology,
  groupOf: ReadonlyMap<string, string>,
): Map<string, Map<string, PortRange[]>> {
  const groups = new Map<string, Map<string, PortRange[]>>();
  for (const { from, to, ports } of access.rules) {
    const group = groupOf.get(to);
    if (group === undefined) continue;
    const sources = remembered(groups, group, () => new Map<string, PortRange[]>());
    const stated = sources.get(from);
    if (stated) stated.push(...ports);
    else sources.set(from, [...ports]);
  }
  for (const sources of groups.values()) for (const [from, ports] of sources) sources.set(from, joinPorts(ports));
  return groups;
}

interface Survey {
  blocks: ReadonlyMap<string, readonly CidrRange[]>;
  /** Who has a block. */
  names: ReadonlyMap<number, ReadonlySet<string>>;
}

function survey({ vpcs, offices }: Topology): Survey {
  const blocks = new Map<string, CidrRange[]>();
  for (const { name, cidrs } of [...vpcs, ...offices]) blocks.set(name, cidrs.map(rangeOf));
  for (const { ref, addresses } of vpcs.flatMap((vpc) => vpc.applications))
    blocks.set(
      ref,
      addresses.map((address) => rangeOf(`${address}/32` as Cidr)),
    );
  const names = new Map<number, Set<string>>();
  for (const [name, ranges] of blocks)
    for (const { first, prefixLength } of ranges)
      remembered(names, keyOf(first, prefixLength), () => new Set<string>()).add(name);
  return { blocks, names };
}

/** Address and length in one number. */
const keyOf = (first: number, prefixLength: number): number => first * 64 + prefixLength;

const keysAround = ({ first, prefixLength }: CidrRange): number[] =>
  Array.from({ length: prefixLength + 1 }, (_, length) => keyOf(first - (first % 2 ** (32 - length)), length));

/** By the fewer of the two: thousands of applications may have one address, or thousands of offices one port. */
const common = (names: ReadonlySet<string>, sources: ReadonlyMap<string, unknown>): string[] =>
  names.size < sources.size
    ? [...names].filter((name) => sources.has(name))
    : [...sources.keys()].filter((name) => names.has(name));

function remembered<K, T>(known: Map<K, T>, key: K, find: () => T): T {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}
