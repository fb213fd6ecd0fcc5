/** No two sites may have an address in common: a route to the one would lead to the other. By sorting, not by pairs. */
import { type Cidr, type CidrRange, rangeOf } from '../../cidr';
import { error, type Finding, type Path } from '../finding';
import type { Lint } from './lint';

interface Block {
  site: string;
  cidr: Cidr;
  range: CidrRange;
  path: Path;
  /** In the file's order: the later one of two is told. */
  order: number;
}

export const overlappingCidrs: Lint = ({ topology: { vpcs, offices } }) => {
  const blocks = [
    ...vpcs.flatMap(({ name, cidrs }) =>
      cidrs.map((cidr, index) => ({ site: name, cidr, path: ['vpcs', name, 'cidrs', index] })),
    ),
    ...offices.flatMap(({ name, cidrs }) =>
      cidrs.map((cidr, index) => ({ site: name, cidr, path: ['offices', name, 'cidrs', index] })),
    ),
  ].map((block, order): Block => ({ ...block, order, range: rangeOf(block.cidr) }));
  const findings: Finding[] = [];
  // Blocks are nested or apart. Sorted, those around the next one form a stack; the nearest of them is named.
  const around: Block[] = [];
  for (const next of blocks.sort(
    (a, b) => a.range.first - b.range.first || b.range.last - a.range.last || a.order - b.order,
  )) {
    while (around.length > 0 && (around.at(-1)?.range.last ?? 0) < next.range.first) around.pop();
    const other = around.at(-1);
    if (other) findings.push(clash(next, other));
    around.push(next);
  }
  return findings;
};

function clash(one: Block, other: Block): Finding {
  const [earlier, later] = one.order < other.order ? [one, other] : [other, one];
  const isSame = one.cidr === other.cidr;
  const isOwn = one.site === other.site;
  const place = `${earlier.cidr} of ${isOwn ? 'the same site' : earlier.site}`;
  return error(later.path, {
    code: isSame ? 'duplicate-cidrs' : 'overlapping-cidrs',
    message: `${later.cidr} of ${later.site} ${isSame ? 'is also' : 'overlaps'} ${place}`,
    remedy: isOwn ? 'Keep the larger one.' : 'Renumber one of the two sites: a packet can go to one of them only.',
    other: earlier.path,
  });
}
