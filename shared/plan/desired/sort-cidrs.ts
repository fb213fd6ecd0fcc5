import { type Cidr, rangeOf } from '../../cidr';

/** By address, the wider block first: 9.0.0.0/8 stands before 10.0.0.0/8, which text order would turn round. */
export function compareCidrs(a: Cidr, b: Cidr): number {
  const [left, right] = [rangeOf(a), rangeOf(b)];
  return left.first - right.first || left.prefixLength - right.prefixLength;
}

/** Each once, in address order, whatever the order in the file. */
export const sortCidrs = (cidrs: readonly Cidr[]): Cidr[] => [...new Set(cidrs)].sort(compareCidrs);
