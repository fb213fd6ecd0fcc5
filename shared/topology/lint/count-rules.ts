/**
 * Rules in each security group: one a source block and port or range. Counted as the planner writes them: ranges of a
 * source that meet are joined, and an application needs none for what its VPC has been admitted to.
 */
import type { PortRange, Topology } from '../topology';
import { anyHolds, joinPorts } from './join-ports';
import type { Count } from './limits';

interface Group {
  path: Count['path'];
  ports: Map<string, PortRange[]>;
}

export function countRules(topology: Topology): Count[] {
  const blocks = blocksByName(topology);
  return [...groupsOf(topology)].map(([id, { path, ports }]): Count => {
    let count = 0;
    for (const [source, ranges] of ports) {
      const wider = source.includes('.') ? joinPorts(ports.get(source.split('.', 1)[0] ?? '') ?? []) : [];
      const own = joinPorts(ranges).filter((one) => !anyHolds(wider, one));
      count += own.length * (blocks.get(source) ?? 0);
    }
    return { path, quota: 'rulesPerSecurityGroup', count, what: `rules in ${id}, one a CIDR and port` };
  });
}

function blocksByName({ vpcs, offices }: Topology): Map<string, number> {
  return new Map<string, number>([
    ...[...vpcs, ...offices].map(({ name, cidrs }): [string, number] => [name, cidrs.length]),
    ...vpcs.flatMap((vpc) => vpc.applications.map(({ ref, addresses }): [string, number] => [ref, addresses.length])),
  ]);
}

function groupsOf({ vpcs, access }: Topology): Map<string, Group> {
  const groups = new Map<string, Group>();
  const byApplication = new Map<string, Group>();
  for (const { name: vpc, applications } of vpcs)
    for (const { ref, name, securityGroup } of applications) {
      const path = ['vpcs', vpc, 'applications', name, 'securityGroup'];
      const group = groups.get(securityGroup) ?? { path, ports: new Map<string, PortRange[]>() };
      groups.set(securityGroup, group);
      byApplication.set(ref, group);
    }
  for (const { from, to, ports } of access.rules) {
    const group = byApplication.get(to)?.ports;
    if (!group) continue;
    const known = group.get(from);
    if (known) known.push(...ports);
    else group.set(from, [...ports]);
  }
  return groups;
}
