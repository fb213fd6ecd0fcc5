/** Whether blocks together hold all addresses of another. Asked for each pair of thousands of sites, so it is prepared once. */
import { type Cidr, type CidrRange, rangeOf } from '../../cidr';

/** What blocks hold together: sorted, apart, and with a gap between any two. */
export type Cover = readonly { first: number; last: number }[];

export function coverOf(ranges: readonly CidrRange[]): Cover {
  const joined: { first: number; last: number }[] = [];
  for (const { first, last } of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    if (before && first <= before.last + 1) before.last = Math.max(before.last, last);
    else joined.push({ first, last });
  }
  return joined;
}

/** By halving: a side has up to a hundred blocks, and a group a thousand sources. */
export function isCovered(range: CidrRange, cover: Cover): boolean {
  let [low, high] = [0, cover.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cover[middle]?.first ?? 0) <= range.first) low = middle + 1;
    else high = middle;
  }
  return (cover[low - 1]?.last ?? -1) >= range.last;
}

/** Those of the blocks that are not wholly within the others. */
export function notCovered(blocks: readonly Cidr[], by: readonly Cidr[]): Cidr[] {
  const cover = coverOf(by.map(rangeOf));
  return blocks.filter((block) => !isCovered(rangeOf(block), cover));
}
