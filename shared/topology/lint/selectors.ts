/**
 * Selectors that were spelled out and leave sites out. A warning and no error: a device may be able to do no better,
 * and the proof tells every pair that it costs.
 */
import type { Cidr } from '../../cidr';
import { type Finding, warning } from '../finding';
import { notCovered } from './coverage';
import type { Lint } from './lint';

const SHOWN = 5;

export const selectors: Lint = ({ topology: { vpcs, offices } }) => {
  const sites = [
    ...vpcs.map(({ name, vSwitches }) => ({ name, cidrs: vSwitches.map(({ cidr }) => cidr) })),
    ...offices.map(({ name, cidrs }) => ({ name, cidrs })),
  ];
  return offices.flatMap(({ name, cidrs, selectors: { cloudSide, officeSide } }): Finding[] => {
    const path = ['offices', name, 'selectors'];
    const own = notCovered(cidrs, officeSide);
    const others = isAnywhere(cloudSide)
      ? []
      : sites
          .filter((site) => site.name !== name && notCovered(site.cidrs, cloudSide).length > 0)
          .map((site) => site.name);
    const narrow = (side: string, message: string, remedy: string): Finding =>
      warning([...path, side], { code: 'selectors-narrow', message, remedy });
    return [
      ...(own.length === 0
        ? []
        : [narrow('officeSide', `the office side of ${name} leaves out its own ${own.join(', ')}`, 'Add it.')]),
      ...(others.length === 0
        ? []
        : [
            narrow(
              'cloudSide',
              `the cloud side of ${name} leaves out ${listed(others)}: no packet between them passes its tunnel`,
              'Use 0.0.0.0/0, or add their blocks; the office’s device must match.',
            ),
          ]),
    ];
  });
};

const isAnywhere = (blocks: readonly Cidr[]): boolean => blocks.some((block) => block === '0.0.0.0/0');

const listed = (names: readonly string[]): string =>
  names.length <= SHOWN ? names.join(', ') : `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`;
