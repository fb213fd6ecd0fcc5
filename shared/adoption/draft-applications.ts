/**
 * Who may reach what, read from security groups: whoever stands in a group that lets in a site of the network, whole and
 * by a rule of its own blocks, is an application of the ports that are let in. Other rules are their owner's affair.
 */
import type { SecurityRule } from '../network/model';
import type { AccessEntry, TopologyFile } from '../topology/file-schema';
import { formatPort } from '../topology/topology';
import { namer, wordOf } from './draft-names';
import type { SurveyedGroup, SurveyedVpc } from './surveyed';

type Applications = NonNullable<TopologyFile['vpcs'][string]['applications']>;

export interface DraftedApplications {
  /** By the VPC's name. */
  applications: Map<string, Applications>;
  access: AccessEntry[];
}

interface Site {
  called: string;
  cidrs: readonly string[];
}

export function draftApplications(input: {
  vpcs: readonly (SurveyedVpc & { called: string })[];
  offices: readonly Site[];
  unsaid: string[];
}): DraftedApplications {
  const { vpcs, offices, unsaid } = input;
  const applications = new Map<string, Applications>();
  const access: AccessEntry[] = [];
  for (const vpc of vpcs) {
    const names = namer();
    const ofVpc: Applications = {};
    applications.set(vpc.called, ofVpc);
    const sites: Site[] = [...offices, ...vpcs.filter(({ id }) => id !== vpc.id)];
    for (const group of vpc.groups) {
      const admitted = admittedSites(group, sites, unsaid);
      if (admitted.size === 0) continue;
      if (group.members.length === 0) unsaid.push(`${group.id} lets sites in and nobody stands in it`);
      for (const { vSwitch, addresses } of group.members) {
        const called = names.of(wordOf(group.id.replace(/^sg-/, '')), 'application');
        const ports = [...new Set([...admitted.values()].flat())].sort();
        ofVpc[called] = { securityGroup: group.id, vSwitch, addresses, ports };
        access.push(...accessTo(`${vpc.called}.${called}`, admitted));
      }
    }
  }
  if (offices.length > 1) access.push({ from: ['offices'], to: ['offices'] });
  return { applications, access };
}

/** The ports of each site whose every block a rule lets in. */
function admittedSites({ id, rules }: SurveyedGroup, sites: readonly Site[], unsaid: string[]): Map<string, string[]> {
  const admitted = new Map<string, string[]>();
  const accepting = rules.filter(
    ({ policy, direction, peer }) => policy === 'accept' && direction === 'ingress' && peer,
  );
  for (const { called, cidrs } of sites) {
    const ofSite = accepting.filter(({ peer }) => cidrs.includes(peer as string));
    const ports = [...new Set(ofSite.map(({ port }) => formatPort(port)))];
    const whole = ports.filter((port) => cidrs.every((block) => ofSite.some((rule) => admits(rule, block, port))));
    if (whole.length > 0) admitted.set(called, whole.sort());
    for (const port of ports)
      if (!whole.includes(port))
        unsaid.push(`${id} lets in a part of ${called} on ${port}: a file says that of whole sites`);
  }
  return admitted;
}

const admits = ({ peer, port }: SecurityRule, block: string, text: string): boolean =>
  peer === block && formatPort(port) === text;

/** One entry for those that have the same ports. */
function accessTo(application: string, admitted: ReadonlyMap<string, readonly string[]>): AccessEntry[] {
  const byPorts = new Map<string, string[]>();
  for (const [site, ports] of admitted) byPorts.set(ports.join(), [...(byPorts.get(ports.join()) ?? []), site]);
  return [...byPorts].map(([ports, from]) => ({ from, to: [application], ports: ports.split(',') }));
}
