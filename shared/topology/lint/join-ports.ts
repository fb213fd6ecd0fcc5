/** Several ports and ranges as few: what a source is let to, as one rule each. */
import type { PortRange } from '../topology';

/** Without repetitions, by protocol and number; ranges of a protocol that meet or touch are one. */
export function joinPorts(ports: readonly PortRange[]): PortRange[] {
  const all = ports.find(({ protocol }) => protocol === 'all');
  if (all) return [all];
  const joined: PortRange[] = [];
  for (const port of ports.toSorted(byPort)) {
    const before = joined.at(-1);
    if (before?.protocol === port.protocol && port.first <= before.last + 1)
      before.last = Math.max(before.last, port.last);
    else joined.push({ ...port });
  }
  return joined;
}

const byPort = (a: PortRange, b: PortRange): number =>
  a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : a.first - b.first;

export const holds = (outer: PortRange, inner: PortRange): boolean =>
  outer.protocol === 'all' ||
  (outer.protocol === inner.protocol && outer.first <= inner.first && inner.last <= outer.last);

/** Whether one of the joined ports holds the port: by halving, since a source may be let to thousands. */
export function anyHolds(joined: readonly PortRange[], port: PortRange): boolean {
  const [only] = joined;
  if (only?.protocol === 'all') return true;
  let [low, high] = [0, joined.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = joined[middle];
    if (there && byPort(there, port) <= 0) low = middle + 1;
    else high = middle;
  }
  const nearest = joined[low - 1];
  return nearest !== undefined && holds(nearest, port);
}
