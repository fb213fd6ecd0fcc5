/** Blocks of IPv4 that are not for everybody (IANA's registry of special-purpose addresses), and what the cloud makes of them. */
import { type Cidr, type CidrRange, contains, overlaps, rangeOf } from '../cidr';

interface SpecialBlock {
  cidr: Cidr;
  range: CidrRange;
  /** `a private address (RFC 1918)` */
  what: string;
}

const special = (cidr: string, what: string): SpecialBlock => ({
  cidr: cidr as Cidr,
  range: rangeOf(cidr as Cidr),
  what,
});

/** The smaller before the larger. */
const NOT_PUBLIC: readonly SpecialBlock[] = [
  special('255.255.255.255/32', 'the broadcast address'),
  special('0.0.0.0/8', 'an address of "this network" (RFC 791)'),
  special('10.0.0.0/8', 'a private address (RFC 1918)'),
  special('100.64.0.0/10', 'a shared address (RFC 6598), which the cloud uses itself'),
  special('127.0.0.0/8', 'a loopback address'),
  special('169.254.0.0/16', 'a link-local address'),
  special('172.16.0.0/12', 'a private address (RFC 1918)'),
  special('192.0.0.0/24', 'an address for protocols (RFC 6890)'),
  special('192.168.0.0/16', 'a private address (RFC 1918)'),
  special('198.18.0.0/15', 'an address for benchmarks (RFC 2544)'),
  special('224.0.0.0/4', 'a multicast address'),
  special('240.0.0.0/4', 'a reserved address'),
];

const DOCUMENTATION: readonly SpecialBlock[] = [
  special('192.0.2.0/24', 'a documentation address (RFC 5737)'),
  special('198.51.100.0/24', 'a documentation address (RFC 5737)'),
  special('203.0.113.0/24', 'a documentation address (RFC 5737)'),
];

/** No route may lead into these, nor to a block around one of them (network-apis, sections 2.5 and 10.2). */
const NOT_ROUTABLE: readonly SpecialBlock[] = [
  special('100.64.0.0/10', 'the cloud uses for its own services'),
  special('0.0.0.0/8', 'no packet comes from'),
  special('127.0.0.0/8', 'leaves no machine'),
  special('169.254.0.0/16', 'leaves no link'),
  special('224.0.0.0/4', 'is multicast'),
  special('240.0.0.0/4', 'is reserved'),
];

const within = (blocks: readonly SpecialBlock[], range: CidrRange): SpecialBlock | null =>
  blocks.find((block) => contains(block.range, range)) ?? null;

export const notPublic = (address: CidrRange): SpecialBlock | null => within(NOT_PUBLIC, address);
export const documentation = (address: CidrRange): SpecialBlock | null => within(DOCUMENTATION, address);
export const notRoutable = (block: CidrRange): SpecialBlock | null =>
  NOT_ROUTABLE.find((one) => overlaps(one.range, block)) ?? null;
