/**
 * Selectors that were spelled out and leave sites out. A warning and no error: a device may be able to do no better,
 * and the proof tells every pair that it costs.
 */
import { type Cidr, type CidrRange, rangeOf } from '../../cidr';
import { type Finding, warning } from '../finding';
import type { Topology } from '../topology';
import { type Cover, coverOf, isCovered, notCovered } from './coverage';
import type { Lint } from './lint';

const SHOWN = 5;

export const selectors: Lint = ({ topology }) => {
  const leftOutBy = leftOutOf(topology);
  return topology.offices.flatMap(({ name, cidrs, selectors: { cloudSide, officeSide } }): Finding[] => {
    const path = ['offices', name, 'selectors'];
    const own = notCovered(cidrs, officeSide);
    const others = leftOutBy(name, cloudSide);
    const narrow = (side: string, message: string, remedy: string): Finding =>
      warning([...path, side], { code: 'selectors-narrow', message, remedy });
    return [
      ...(own.length === 0
        ? []
        : [narrow('officeSide', `the office side of ${name} leaves out its own ${own.join(', ')}`, 'Add it.')]),
      ...(others === null
        ? []
        : [
            narrow(
              'cloudSide',
              `the cloud side of ${name} leaves out ${others}: no packet between them passes its tunnel`,
              'Use 0.0.0.0/0, or add their blocks; the office’s device must match.',
            ),
          ]),
    ];
  });
};

interface Side {
  cover: Cover;
  /** Of all sites, the office itself perhaps among them; the first few by name. */
  leavesOut: number;
  first: string[];
}

/** The other sites that an office's cloud side leaves out, in words. Offices mostly share one: it is compared with all sites once. */
function leftOutOf({ vpcs, offices }: Topology): (name: string, cloudSide: readonly Cidr[]) => string | null {
  const sites = new Map<string, CidrRange[]>([
    ...vpcs.map(({ name, vSwitches }): [string, CidrRange[]] => [name, vSwitches.map(({ cidr }) => rangeOf(cidr))]),
    ...offices.map(({ name, cidrs }): [string, CidrRange[]] => [name, cidrs.map(rangeOf)]),
  ]);
  const holds = (cover: Cover, ranges: readonly CidrRange[]) => ranges.every((range) => isCovered(range, cover));
  const compared = (cloudSide: readonly Cidr[]): Side => {
    const side: Side = { cover: coverOf(cloudSide.map(rangeOf)), leavesOut: 0, first: [] };
    for (const [name, ranges] of sites) {
      if (holds(side.cover, ranges)) continue;
      side.leavesOut += 1;
      if (side.first.length <= SHOWN) side.first.push(name);
    }
    return side;
  };
  const known = new Map<string, Side>();
  return (name, cloudSide) => {
    const key = cloudSide.join(' ');
    const side = known.get(key) ?? compared(cloudSide);
    known.set(key, side);
    const others = side.leavesOut - (holds(side.cover, sites.get(name) ?? []) ? 0 : 1);
    if (others === 0) return null;
    const shown = side.first.filter((other) => other !== name).slice(0, SHOWN);
    return `${shown.join(', ')}${others > shown.length ? ` and ${others - shown.length} more` : ''}`;
  };
}
