/**
 * What the topology asks for, as questions that the proof puts a million times.
 *
 * Where access is not stated, everything is wanted. Where it is, an application pair is wanted when a rule admits its
 * source to its port, and a site pair when a rule lets the one site, or an application in it, start connections to
 * the other or to an application in it. The opposite pair is not wanted by that: replies need routes, which the
 * wanted pair proves, and no right to start.
 */
import type { AccessRule, Application, PortRange, Topology } from '../topology/topology';
import { formatPort } from '../topology/topology';

export interface Access {
  wantsSites(from: string, to: string): boolean;
  /** `from` is a site or an application. */
  wantsPort(from: string, application: Application, port: PortRange): boolean;
  /** Stated, and without a rule for this pair of offices: only the target's device can keep it out. */
  leavesToDevice(from: string, to: string): boolean;
  /** Every port of the application, and what rules single out of one of them for `from`. */
  portsFor(from: string, application: Application): PortRange[];
  /** Applications that rules let start connections to `application`. */
  applicationsTo(application: Application): string[];
  /** A VPC reaches its own applications without the network; that pair is asked for only where a rule says so. */
  asksForOwn(vpc: string, application: Application): boolean;
}

export function compileAccess(topology: Topology): Access {
  const { stated, rules } = topology.access;
  const offices = new Set(topology.offices.map((office) => office.name));
  const bySite = new Map<string, Set<string>>();
  const byTarget = new Map<string, Map<string, AccessRule[]>>();
  for (const rule of rules) {
    entry(bySite, siteOf(rule.from), () => new Set<string>()).add(siteOf(rule.to));
    const sources = entry(byTarget, rule.to, () => new Map<string, AccessRule[]>());
    entry(sources, rule.from, () => []).push(rule);
  }
  const rulesFor = (from: string, to: string): AccessRule[] => {
    const sources = byTarget.get(to);
    const site = siteOf(from);
    return [...(sources?.get(from) ?? []), ...(site === from ? [] : (sources?.get(site) ?? []))];
  };
  const asksForOwn = (vpc: string, application: Application): boolean => rulesFor(vpc, application.ref).length > 0;
  return {
    wantsSites: (from, to) => !stated || (bySite.get(from)?.has(to) ?? false),
    wantsPort: (from, application, port) =>
      !stated || rulesFor(from, application.ref).some((rule) => rule.ports.some((it) => includes(it, port))),
    leavesToDevice: (from, to) =>
      stated && offices.has(from) && offices.has(to) && !(bySite.get(from)?.has(to) ?? false),
    portsFor: (from, application) => {
      const ports = [...application.ports, ...rulesFor(from, application.ref).flatMap((rule) => rule.ports)];
      return [...new Map(ports.map((port) => [formatPort(port), port])).values()];
    },
    applicationsTo: (application) =>
      [...(byTarget.get(application.ref)?.keys() ?? [])].filter((from) => from.includes('.')),
    asksForOwn,
  };
}

/** `virginia.orders` stands in `virginia`. */
const siteOf = (name: string): string => name.split('.', 1)[0] ?? name;

const includes = (outer: PortRange, inner: PortRange): boolean =>
  outer.protocol === 'all' ||
  (outer.protocol === inner.protocol && outer.first <= inner.first && inner.last <= outer.last);

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
