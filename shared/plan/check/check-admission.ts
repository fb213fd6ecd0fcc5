/** Security groups: the rules admit what `access` says, all of it and nothing more, and none of them is superfluous. */
import { formatCidr, parseIpv4 } from '../../cidr';
import { formatPort, type PortRange, type Topology } from '../../topology/topology';
import type { PlanView } from './plan-view';

type Sources = Map<string, PortRange[]>;
type Groups = Map<string, Sources>;

export function checkAdmission(view: PlanView, topology: Topology): string[] {
  const admitted = admittedBy(topology);
  const ruled: Groups = new Map();
  const repeated: string[] = [];
  for (const { desired, id } of view.plan.tasks) {
    if (desired?.kind !== 'security-group-rules') continue;
    const group = `${desired.region}/${desired.securityGroupId}`;
    if (ruled.has(group)) repeated.push(`${id}: group ${group} has its rules in two tasks`);
    for (const { source, port } of desired.rules) note(ruled, group, source, port);
  }
  return [
    ...repeated,
    ...notWithin(admitted, ruled, 'is admitted by no rule'),
    ...notWithin(ruled, admitted, 'is admitted by a rule and not by access'),
    ...superfluous(ruled),
  ];
}

function admittedBy({ vpcs, offices, access }: Topology): Groups {
  const groups: Groups = new Map();
  const applications = vpcs.flatMap((vpc) =>
    vpc.applications.map((application) => ({ ...application, region: vpc.region })),
  );
  const byRef = new Map(applications.map((application) => [application.ref as string, application]));
  const blocks = new Map<string, readonly string[]>([
    ...[...vpcs, ...offices].map((site): [string, readonly string[]] => [site.name, site.cidrs]),
    ...applications.map(({ ref, addresses }): [string, readonly string[]] => [
      ref,
      addresses.map((one) => `${one}/32`),
    ]),
  ]);
  for (const { from, to, ports } of access.rules) {
    const target = byRef.get(to);
    if (!target) continue;
    for (const block of blocks.get(from) ?? []) {
      for (const port of ports) note(groups, `${target.region}/${target.securityGroup}`, block, port);
    }
  }
  return groups;
}

function note(groups: Groups, group: string, source: string, port: PortRange): void {
  const sources: Sources = groups.get(group) ?? new Map();
  groups.set(group, sources);
  sources.set(source, [...(sources.get(source) ?? []), port]);
}

/** What of `these` is not wholly within `those`. */
function notWithin(these: Groups, those: Groups, what: string): string[] {
  return [...these].flatMap(([group, sources]) => {
    const around = portsAround(those.get(group) ?? new Map());
    return [...sources].flatMap(([source, ports]) => {
      const { same, wider } = around(source);
      return ports
        .filter((port) => !isWithin(port, [...same, ...wider]))
        .map((port) => `group ${group}: ${formatPort(port)} from ${source} ${what}`);
    });
  });
}

const superfluous = (ruled: Groups): string[] =>
  [...ruled].flatMap(([group, sources]) => {
    const around = portsAround(sources);
    return [...sources].flatMap(([source, ports]) => {
      const { wider } = around(source);
      const others = (index: number) => [...wider, ...ports.filter((_, other) => other !== index)];
      return ports
        .filter((port, index) => others(index).some((one) => isWithin(port, [one])))
        .map((port) => `group ${group}: another rule admits what ${formatPort(port)} from ${source} does`);
    });
  });

/** The ports of a block, and of the blocks around it. Looks only for prefix lengths that occur: two or three, mostly. */
function portsAround(sources: Sources): (source: string) => { same: readonly PortRange[]; wider: PortRange[] } {
  const lengths = [...new Set([...sources.keys()].map((source) => Number(source.split('/')[1])))];
  return (source) => {
    const [address = '', length = ''] = source.split('/');
    const value = parseIpv4(address) ?? 0;
    const blocks = lengths
      .filter((prefixLength) => prefixLength < Number(length))
      .map((prefixLength) => formatCidr({ first: value - (value % 2 ** (32 - prefixLength)), last: 0, prefixLength }));
    return { same: sources.get(source) ?? [], wider: blocks.flatMap((block) => sources.get(block) ?? []) };
  };
}

/** Every port of the range is in one of the others. */
function isWithin(port: PortRange, others: readonly PortRange[]): boolean {
  const ranges = others
    .filter((other) => other.protocol === 'all' || other.protocol === port.protocol)
    .map((other) => (other.protocol === 'all' ? { ...other, first: 0, last: 65_535 } : other))
    .sort((a, b) => a.first - b.first);
  let next = port.first;
  for (const { first, last } of ranges) if (first <= next && last >= next) next = last + 1;
  return next > port.last;
}
