/** Whether blocks together hold all addresses of another. */
import { type Cidr, type CidrRange, rangeOf } from '../../cidr';

function isCovered(range: CidrRange, by: readonly Cidr[]): boolean {
  let next = range.first;
  for (const { first, last } of by.map(rangeOf).sort((a, b) => a.first - b.first))
    if (first <= next && next <= last) next = last + 1;
  return next > range.last;
}

/** Those of the blocks that are not wholly within the others. */
export const notCovered = (blocks: readonly Cidr[], by: readonly Cidr[]): Cidr[] =>
  by.some((block) => block === '0.0.0.0/0') ? [] : blocks.filter((block) => !isCovered(rangeOf(block), by));
