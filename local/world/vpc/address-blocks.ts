/** Which blocks a VPC and a vSwitch may have. */
import { type CidrRange, contains, formatCidr, overlaps, parseCidr } from '../../../shared/cidr';
import { entriesOf, vSwitchesOf } from '../routing/vpc-routes';
import type { State } from '../state';
import { ROUTE_TABLES, type RouteTableRecord, type VpcRecord } from './records';
import { refusal } from './refusals';

/** Shared, loopback, link-local and multicast addresses, which no VPC may hold. */
const FORBIDDEN = ['100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4'].flatMap(
  (block) => parseCidr(block) ?? [],
);
const SHARED = FORBIDDEN[0];

/** The documentation recommends 16 to 28 bits, and its own default has 12. */
const VPC_BITS = { fewest: 8, most: 28 };
const VSWITCH_BITS = { fewest: 16, most: 29 };
const MOST_USER_BLOCKS = 3;

/** Null where the text is no block, or has bits behind its length. */
function exactBlock(text: string): CidrRange | null {
  const range = parseCidr(text);
  return range !== null && formatCidr(range) === text ? range : null;
}

export function vpcBlock(text: string): string {
  const range = exactBlock(text);
  const bits = range?.prefixLength ?? 0;
  if (range === null || bits < VPC_BITS.fewest || bits > VPC_BITS.most) throw refusal('InvalidParameter');
  if (FORBIDDEN.some((forbidden) => overlaps(forbidden, range))) throw refusal('InvalidParameter');
  return text;
}

/** Up to three, with commas between them. */
export function userBlocks(text: string | undefined): string[] {
  const blocks = (text ?? '').split(',').map((block) => block.trim());
  if (text === undefined) return [];
  if (blocks.length > MOST_USER_BLOCKS) throw refusal('InvalidUserCidr.Quota');
  for (const block of blocks) {
    const range = exactBlock(block);
    if (range === null) throw refusal('InvalidParameter');
    if (SHARED && overlaps(SHARED, range)) throw refusal('InvalidUserCidr.Malformed');
  }
  return blocks;
}

/**
 * Within the VPC's blocks, beside its other vSwitches', and neither the same as a route's destination nor around it: it
 * may lie inside one.
 */
export function wantVSwitchBlock(state: State, vpc: VpcRecord, text: string): void {
  const range = exactBlock(text);
  if (range === null) throw refusal('InvalidCidrBlock.Malformed');
  if (range.prefixLength < VSWITCH_BITS.fewest || range.prefixLength > VSWITCH_BITS.most)
    throw refusal('InvalidCirdrBlock.MaskLength');
  if (![vpc.cidr, ...vpc.secondaryCidrs].some((block) => contains(stored(block), range)))
    throw refusal('InvalidParameter');
  const routes = state
    .values<RouteTableRecord>(ROUTE_TABLES)
    .filter(({ vpcId }) => vpcId === vpc.id)
    .flatMap(({ id }) => entriesOf(state, id));
  if (
    vSwitchesOf(state, vpc.id).some(({ cidr }) => overlaps(stored(cidr), range)) ||
    routes.some(({ destination }) => contains(range, stored(destination)))
  )
    throw refusal('InvalidCidrBlock.Overlapped');
}

/** A VPC's first block may shrink, and grow again to what it was; its vSwitches stay inside. */
export function changedBlock(state: State, vpc: VpcRecord, text: string): string {
  const wanted = stored(vpcBlock(text));
  const rest = vpc.secondaryCidrs.map(stored);
  const left = vSwitchesOf(state, vpc.id)
    .map(({ cidr }) => stored(cidr))
    .filter((range) => ![wanted, ...rest].some((outer) => contains(outer, range)));
  if (left.length > 0 || !contains(stored(vpc.firstCidr ?? vpc.cidr), wanted)) throw refusal('InvalidCidrBlock');
  return text;
}

function stored(block: string): CidrRange {
  const range = parseCidr(block);
  if (!range) throw new TypeError(`a stored block is no IPv4 CIDR block: ${block}`);
  return range;
}
