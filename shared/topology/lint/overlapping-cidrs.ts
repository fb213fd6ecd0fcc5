/** No two sites may have an address in common: a route for one would lead to the other. By sorting, not by pairs. */
import { type Cidr, type CidrRange, rangeOf } from '../../cidr';
import type { Path } from '../parse-document';
import { error, type Finding, type Lint } from './finding';

interface Block {
  site: string;
  cidr: Cidr;
  range: CidrRange;
  path: Path;
}

const MOST_FINDINGS = 50;

export const overlappingCidrs: Lint = ({ vpcs, offices }) => {
  const blocks: Block[] = [
    ...vpcs.flatMap(({ name, cidrs }) => cidrs.map((cidr, index) => block(name, cidr, ['vpcs', name, 'cidrs', index]))),
    ...offices.flatMap(({ name, cidrs }) =>
      cidrs.map((cidr, index) => block(name, cidr, ['offices', name, 'cidrs', index])),
    ),
  ].sort((a, b) => a.range.first - b.range.first || b.range.last - a.range.last);
  const findings: Finding[] = [];
  // Of the blocks so far, the one that reaches farthest: whatever begins within it overlaps it.
  let farthest: Block | null = null;
  for (const next of blocks) {
    if (farthest && next.range.first <= farthest.range.last) findings.push(clash(next, farthest));
    if (findings.length >= MOST_FINDINGS) break;
    if (!farthest || next.range.last > farthest.range.last) farthest = next;
  }
  return findings;
};

const block = (site: string, cidr: Cidr, path: Path): Block => ({ site, cidr, range: rangeOf(cidr), path });

function clash(block: Block, other: Block): Finding {
  const same = block.cidr === other.cidr;
  const [code, verb] = same
    ? ['duplicate-cidrs', 'is also a block of']
    : ['overlapping-cidrs', `overlaps ${other.cidr} of`];
  return error(
    block.path,
    code,
    `${block.cidr} of ${block.site} ${verb} ${block.site === other.site ? 'the same site' : other.site}`,
    block.site === other.site
      ? 'Keep the larger one.'
      : 'Renumber one of the two sites: a packet can go to one of them only.',
  );
}
