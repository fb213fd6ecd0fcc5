/** RouteFilter of ListTransitRouterRouteEntries: conditions on the destination, all of which must hold. */
import { type CidrRange, contains, formatCidr, parseCidr } from '../../../shared/cidr';
import { type RefusalCode, refusal } from './refusals';

interface RouteFilterInput {
  Key?: string;
  Value?: string[];
}

type Condition = (blocks: readonly CidrRange[], asked: readonly CidrRange[]) => (block: CidrRange) => boolean;

const CONDITIONS: Readonly<Record<string, { illegal: RefusalCode; condition: Condition }>> = {
  PrefixExactMatchCidrs: {
    illegal: 'IllegalParam.PrefixExactMatchCidr',
    condition: (_, asked) => (block) => asked.some((wanted) => same(wanted, block)),
  },
  LongestPrefixMatchCidrs: { illegal: 'IllegalParam.LongestPrefixMatchCidr', condition: longest },
  SubnetOfMatchCidrs: {
    illegal: 'IllegalParam.SubnetOfMatchCidr',
    condition: (_, asked) => (block) => asked.some((wanted) => contains(wanted, block)),
  },
  SupernetOfMatchCidrs: {
    illegal: 'IllegalParam.SupernetOfMatchCidr',
    condition: (_, asked) => (block) => asked.some((wanted) => contains(block, wanted)),
  },
};

/** Keeps the entries that every filter lets through. Longest means: among all entries of the table. */
export function filterRoutes<T extends { destination: string }>(
  entries: readonly T[],
  filters: readonly RouteFilterInput[],
): T[] {
  if (new Set(filters.map(({ Key }) => Key)).size < filters.length) throw refusal('FilterKeyDuplicated.RouteFilter');
  const blocks = entries.map(({ destination }) => blockOf(destination, 'InvalidParameter'));
  const conditions = filters.map(({ Key, Value }) => {
    const known = CONDITIONS[Key ?? ''];
    if (!known) throw refusal('InvalidParameter');
    return known.condition(
      blocks,
      (Value ?? []).map((value) => blockOf(value, known.illegal)),
    );
  });
  return entries.filter((_, index) => {
    const block = blocks[index];
    return block !== undefined && conditions.every((holds) => holds(block));
  });
}

/** The values of an exact filter as tables write them. */
export const exactBlocks = (values: readonly string[]): string[] => [
  ...new Set(values.map((value) => formatCidr(blockOf(value, 'IllegalParam.PrefixExactMatchCidr')))),
];

function longest(blocks: readonly CidrRange[], asked: readonly CidrRange[]): (block: CidrRange) => boolean {
  const best = asked.flatMap((wanted) => {
    const covering = blocks.filter((block) => contains(block, wanted));
    const length = Math.max(...covering.map(({ prefixLength }) => prefixLength));
    return covering.filter(({ prefixLength }) => prefixLength === length);
  });
  return (block) => best.some((candidate) => same(candidate, block));
}

const same = (a: CidrRange, b: CidrRange): boolean => a.first === b.first && a.prefixLength === b.prefixLength;

/** An address alone is a block of one. */
function blockOf(text: string, illegal: RefusalCode): CidrRange {
  const block = parseCidr(text.includes('/') ? text : `${text}/32`);
  if (!block) throw refusal(illegal);
  return block;
}
