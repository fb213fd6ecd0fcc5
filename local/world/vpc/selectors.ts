/** Which traffic a connection carries: up to five blocks a side, with commas between them. */
import { cidr, overlaps, parseCidr } from '../../../shared/cidr';
import type { Context } from '../world';
import { quota } from './quotas';
import { refusal } from './refusals';

const ANYTHING = '0.0.0.0/0';

/** In the form that the service keeps: no spaces. */
export function subnetsOf(context: Context, text: string, side: 'LocalSubnet' | 'RemoteSubnet'): string {
  const blocks = text.split(',').map((block) => block.trim());
  const ranges = blocks.flatMap((block) => parseCidr(block) ?? []);
  const illegal =
    ranges.length < blocks.length ||
    blocks.length > quota(context, 'cidrsPerConnection') ||
    // Any traffic is one selector, never one of several.
    (blocks.length > 1 && blocks.includes(ANYTHING)) ||
    ranges.some((range, index) => ranges.slice(0, index).some((earlier) => overlaps(earlier, range)));
  if (illegal) throw refusal(`IllegalParam.${side}`);
  return blocks.map(cidr).join(',');
}

/** Both sides open: the gateway's routes decide, the selectors do not. */
export const isRouteBased = ({ localSubnet, remoteSubnet }: { localSubnet: string; remoteSubnet: string }): boolean =>
  localSubnet === ANYTHING && remoteSubnet === ANYTHING;

export const pairsOf = ({ localSubnet, remoteSubnet }: { localSubnet: string; remoteSubnet: string }) =>
  localSubnet.split(',').flatMap((source) => remoteSubnet.split(',').map((destination) => ({ source, destination })));
