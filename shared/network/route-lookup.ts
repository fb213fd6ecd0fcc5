/**
 * Longest-prefix match, compiled: a table becomes one array from atom to route, painted from the least specific route
 * to the most specific. A lookup is then one array read, against a scan of up to 1,000 routes a hop.
 */
import { type Cidr, rangeOf } from '../cidr';
import { type AddressSpace, type Atom, spanOf } from './address-space';

/** From atom to the position of the winning route, or NO_ROUTE. */
export type RouteLookup = Int32Array;

export const NO_ROUTE = -1;

/**
 * Of two routes to one destination the first stands: the cloud rejects the later of two identical ones and never
 * splits traffic between them (network-wide REDUCED protection since 2019).
 */
export function compileRoutes(space: AddressSpace, destinations: readonly Cidr[]): RouteLookup {
  const lookup = new Int32Array(space.starts.length).fill(NO_ROUTE);
  const order = destinations
    .map((destination, position) => ({ range: rangeOf(destination), position }))
    .sort((a, b) => a.range.prefixLength - b.range.prefixLength || b.position - a.position);
  for (const { range, position } of order) {
    const { from, to } = spanOf(space, range);
    lookup.fill(position, from, to + 1);
  }
  return lookup;
}

export const lookUp = (lookup: RouteLookup, atom: Atom): number => lookup[atom] ?? NO_ROUTE;
