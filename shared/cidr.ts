import type { Brand } from './brand';

/** An IPv4 block in canonical form: `10.10.10.0/24`, its host bits zero. */
export type Cidr = Brand<string, 'Cidr'>;
/** An IPv4 address in dotted form. */
export type Ipv4 = Brand<string, 'Ipv4'>;

/** A block as numbers: both ends inclusive, unsigned 32 bits. */
export interface CidrRange {
  first: number;
  last: number;
  prefixLength: number;
}

const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ADDRESS = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}$`);

/** The address as an unsigned 32-bit number, or null where the text is none (leading zeros are refused: they read as octal elsewhere). */
export function parseIpv4(text: string): number | null {
  const match = ADDRESS.exec(text);
  if (!match) return null;
  const [, a, b, c, d] = match.map(Number);
  return (((a ?? 0) << 24) | ((b ?? 0) << 16) | ((c ?? 0) << 8) | (d ?? 0)) >>> 0;
}

export const formatIpv4 = (value: number): Ipv4 =>
  [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.') as Ipv4;

/** The block as numbers, host bits cleared; null where the text is no IPv4 block. */
export function parseCidr(text: string): CidrRange | null {
  const [address, length, ...rest] = text.split('/');
  if (address === undefined || length === undefined || rest.length > 0 || !/^(3[0-2]|[12]?\d)$/.test(length))
    return null;
  const value = parseIpv4(address);
  if (value === null) return null;
  const prefixLength = Number(length);
  const size = 2 ** (32 - prefixLength);
  const first = value - (value % size);
  return { first, last: first + size - 1, prefixLength };
}

export const formatCidr = (range: CidrRange): Cidr => `${formatIpv4(range.first)}/${range.prefixLength}` as Cidr;

/** For text that has been validated before; a block that is none here is a defect, not bad input. */
export function rangeOf(cidr: Cidr): CidrRange {
  const range = parseCidr(cidr);
  if (!range) throw new TypeError(`not an IPv4 CIDR block: ${cidr}`);
  return range;
}

/** Canonical text of a valid block: `10.10.10.7/24` becomes `10.10.10.0/24`. */
export const cidr = (text: string): Cidr => formatCidr(rangeOf(text as Cidr));

export const contains = (outer: CidrRange, inner: CidrRange): boolean =>
  outer.first <= inner.first && inner.last <= outer.last;

export const overlaps = (a: CidrRange, b: CidrRange): boolean => a.first <= b.last && b.first <= a.last;
