import type { Cidr } from '../../cidr';
import { invariant } from '../../errors';
import type { Topology } from '../../topology/topology';
import type { SecurityGroupRules } from '../desired';
import { type Admission, aggregateRules } from './aggregate-rules';
import { securityGroupRulesId } from './resource-ids';
import { sortCidrs } from './sort-cidrs';
import type { Wanted } from './wanted';

/**
 * What `access` admits, in front of each group. One resource a group, not an application: where two applications
 * share a group, the second would find the first's identical rules in its place, and removing either would take them
 * from the other. A group that nobody is admitted to gets no resource.
 */
export function securityGroups(topology: Topology): Wanted<SecurityGroupRules>[] {
  const applications = new Map(
    topology.vpcs.flatMap((vpc) =>
      vpc.applications.map((application) => [application.ref as string, { application, region: vpc.region }]),
    ),
  );
  const sources = sourcesByName(topology);
  const groups = new Map<string, { region: string; securityGroupId: string; admissions: Admission[] }>();
  for (const rule of topology.access.rules) {
    const target = applications.get(rule.to);
    // An office: groups guard cloud interfaces only, its device decides.
    if (!target) continue;
    const from = sources.get(rule.from);
    invariant(from, `the topology was linted, yet access names an unknown ${rule.from}`);
    const { region } = target;
    const { securityGroup } = target.application;
    const id = securityGroupRulesId(region, securityGroup);
    const group = groups.get(id) ?? { region, securityGroupId: securityGroup, admissions: [] };
    groups.set(id, group);
    for (const source of from) for (const port of rule.ports) group.admissions.push({ source, port });
  }
  return [...groups.values()].flatMap(({ region, securityGroupId, admissions }) => {
    const rules = aggregateRules(admissions);
    const id = securityGroupRulesId(region, securityGroupId);
    return rules.length === 0
      ? []
      : [{ id, desired: { kind: 'security-group-rules', region, securityGroupId, rules } }];
  });
}

/** Offices and VPCs with their blocks, applications with their addresses: nothing on the way rewrites a source. */
function sourcesByName(topology: Topology): Map<string, Cidr[]> {
  const sources = new Map<string, Cidr[]>();
  for (const site of [...topology.vpcs, ...topology.offices]) sources.set(site.name, sortCidrs(site.cidrs));
  for (const vpc of topology.vpcs) {
    for (const { ref, addresses } of vpc.applications) {
      sources.set(ref, sortCidrs(addresses.map((address) => `${address}/32` as Cidr)));
    }
  }
  return sources;
}
