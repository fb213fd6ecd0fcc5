/** What the security groups will admit by `access`, asked by blocks and not by names: applications may share a group. */
import { type Cidr, type CidrRange, contains, rangeOf } from '../../cidr';
import { formatPort, type PortRange, type Topology } from '../topology';
import { holds, joinPorts } from './count-rules';

/** Whether every address of `from` is admitted to all of the port at the group of `to`. */
export type Admits = (from: string, to: string, port: PortRange) => boolean;

export function admissionOf({ vpcs, offices, access }: Topology): Admits {
  const applications = vpcs.flatMap((vpc) => vpc.applications);
  const blocks = new Map<string, CidrRange[]>([
    ...[...vpcs, ...offices].map(({ name, cidrs }): [string, CidrRange[]] => [name, cidrs.map(rangeOf)]),
    ...applications.map(({ ref, addresses }): [string, CidrRange[]] => [
      ref,
      addresses.map((address) => rangeOf(`${address}/32` as Cidr)),
    ]),
  ]);
  const groupOf = new Map<string, string>(applications.map(({ ref, securityGroup }) => [ref, securityGroup]));
  const rules = new Map<string, Map<string, PortRange[]>>();
  for (const { from, to, ports } of access.rules) {
    const group = groupOf.get(to);
    if (group === undefined) continue;
    const sources = rules.get(group) ?? new Map<string, PortRange[]>();
    rules.set(group, sources);
    const known = sources.get(from);
    if (known) known.push(...ports);
    else sources.set(from, [...ports]);
  }
  // A group's sources may be a thousand: what they admit on a port is gathered once.
  const known = new Map<string, CidrRange[]>();
  const admittedTo = (group: string, port: PortRange): CidrRange[] => {
    const key = `${group} ${formatPort(port)}`;
    const found =
      known.get(key) ??
      [...(rules.get(group) ?? [])]
        .filter(([, ports]) => joinPorts(ports).some((one) => holds(one, port)))
        .flatMap(([source]) => blocks.get(source) ?? []);
    known.set(key, found);
    return found;
  };
  return (from, to, port) => {
    const group = groupOf.get(to);
    const admitted = group === undefined ? [] : admittedTo(group, port);
    return (blocks.get(from) ?? []).every((range) => admitted.some((block) => contains(block, range)));
  };
}
