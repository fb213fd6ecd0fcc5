/**
 * Fewer rules that admit exactly the same: a group holds some 200, and each office costs one per port. Blocks are not
 * merged into wider ones, though two siblings could be: a rule would then name a block that no office has, and
 * removing one of the two offices would have to take the rule apart.
 */
import { type Cidr, type CidrRange, contains, rangeOf } from '../../cidr';
import type { PortRange } from '../../topology/topology';
import { compareCidrs } from './sort-cidrs';

export interface Admission {
  source: Cidr;
  port: PortRange;
}

const PROTOCOLS: readonly PortRange['protocol'][] = ['all', 'icmp', 'tcp', 'udp'];

/** Sorted by source, protocol and port; port ranges of one source joined; what a wider rule admits is left out. */
export function aggregateRules(admissions: readonly Admission[]): Admission[] {
  const portsBySource = new Map<Cidr, PortRange[]>();
  for (const { source, port } of admissions) {
    const ports = portsBySource.get(source);
    if (ports) ports.push(port);
    else portsBySource.set(source, [port]);
  }
  const rules: Admission[] = [];
  // Blocks are nested or apart, so in address order the blocks around the current one form a stack.
  const around: { range: CidrRange; ports: PortRange[] }[] = [];
  for (const source of [...portsBySource.keys()].sort(compareCidrs)) {
    const range = rangeOf(source);
    while (around.length > 0 && !contains(around.at(-1)?.range ?? range, range)) around.pop();
    const ports = joinPorts(portsBySource.get(source) ?? []);
    for (const port of ports) {
      if (!around.some((wider) => wider.ports.some((other) => covers(other, port)))) rules.push({ source, port });
    }
    around.push({ range, ports });
  }
  return rules;
}

/** Overlapping and adjacent ranges of a protocol become one; `all` leaves nothing else to say. */
function joinPorts(ports: readonly PortRange[]): PortRange[] {
  const all = ports.find((port) => port.protocol === 'all');
  if (all) return [{ ...all }];
  const sorted = [...ports].sort(
    (a, b) => PROTOCOLS.indexOf(a.protocol) - PROTOCOLS.indexOf(b.protocol) || a.first - b.first || a.last - b.last,
  );
  const joined: PortRange[] = [];
  for (const port of sorted) {
    const previous = joined.at(-1);
    if (previous?.protocol === port.protocol && port.first <= previous.last + 1) {
      previous.last = Math.max(previous.last, port.last);
    } else joined.push({ ...port });
  }
  return joined;
}

const covers = (wider: PortRange, port: PortRange): boolean =>
  wider.protocol === 'all' ||
  (wider.protocol === port.protocol && wider.first <= port.first && port.last <= wider.last);
