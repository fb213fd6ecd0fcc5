/**
 * The address space cut wherever any table, selector or site draws a line. Between two neighbouring cuts every
 * address is treated alike, so one packet speaks for all of them: that is how the worst address of a block is found
 * without sampling. 1,000 offices in 20 VPCs make about 2,100 such atoms.
 */
import { type Cidr, type CidrRange, formatCidr, formatIpv4, rangeOf } from '../cidr';

/** The index of an atom. */
export type Atom = number;

/** Atoms `from` to `to`, both inclusive. */
export interface AtomSpan {
  from: Atom;
  to: Atom;
}

export interface AddressSpace {
  /** The first address of each atom, ascending; the first is 0. */
  starts: readonly number[];
  /** The atoms as text, made when first asked for: a million refused packets share some thousand texts. */
  texts: (string | undefined)[];
}

const LAST_ADDRESS = 2 ** 32 - 1;

export function cutAddressSpace(blocks: Iterable<Cidr>): AddressSpace {
  const cuts = new Set([0]);
  for (const block of new Set(blocks)) {
    const { first, last } = rangeOf(block);
    cuts.add(first);
    if (last < LAST_ADDRESS) cuts.add(last + 1);
  }
  return { starts: [...cuts].sort((a, b) => a - b), texts: [] };
}

export function atomOf(space: AddressSpace, address: number): Atom {
  let low = 0;
  let high = space.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((space.starts[middle] ?? 0) <= address) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The atoms that a block touches: exactly its own where the space was cut at it. */
export const spanOf = (space: AddressSpace, range: CidrRange): AtomSpan => ({
  from: atomOf(space, range.first),
  to: atomOf(space, range.last),
});

export const within = (spans: readonly AtomSpan[], atom: Atom): boolean =>
  spans.some((span) => span.from <= atom && atom <= span.to);

/** Every atom of several blocks once, ascending. */
export function atomsOf(space: AddressSpace, blocks: readonly Cidr[]): Atom[] {
  const atoms = new Set<Atom>();
  for (const block of blocks) {
    const { from, to } = spanOf(space, rangeOf(block));
    for (let atom = from; atom <= to; atom += 1) atoms.add(atom);
  }
  return [...atoms].sort((a, b) => a - b);
}

export const firstAddressOf = (space: AddressSpace, atom: Atom): number => space.starts[atom] ?? 0;

export const lastAddressOf = (space: AddressSpace, atom: Atom): number =>
  (space.starts[atom + 1] ?? LAST_ADDRESS + 1) - 1;

/** `10.10.10.0/24` where the addresses are a block, `10.10.10.0-10.10.12.255` where they are what blocks left over. */
export function formatAddresses(first: number, last: number): string {
  const size = last - first + 1;
  const prefixLength = 32 - Math.log2(size);
  if (Number.isInteger(prefixLength) && first % size === 0) return formatCidr({ first, last, prefixLength });
  return `${formatIpv4(first)}-${formatIpv4(last)}`;
}

export function formatAtom(space: AddressSpace, atom: Atom): string {
  const known = space.texts[atom];
  if (known !== undefined) return known;
  const text = formatAddresses(firstAddressOf(space, atom), lastAddressOf(space, atom));
  space.texts[atom] = text;
  return text;
}
