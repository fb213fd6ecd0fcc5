/** Within a VPC: vSwitches inside its blocks and apart from each other, applications inside their vSwitch. */
import { contains, overlaps, parseIpv4, rangeOf } from '../../cidr';
import { didYouMean } from '../suggest';
import type { Vpc } from '../topology';
import { error, type Finding, type Lint } from './finding';

export const vpcAddresses: Lint = ({ vpcs }) => [
  ...vpcs.flatMap((vpc) => [...vSwitchesOutside(vpc), ...vSwitchesOverlapping(vpc), ...applicationsOutside(vpc)]),
  ...idsUsedTwice(vpcs),
];

const vSwitchesOutside = ({ name, cidrs, vSwitches }: Vpc): Finding[] =>
  vSwitches.flatMap(({ id, cidr }, index) =>
    cidrs.some((block) => contains(rangeOf(block), rangeOf(cidr)))
      ? []
      : [
          error(
            ['vpcs', name, 'vSwitches', index, 'cidr'],
            'vswitch-outside-vpc',
            `${cidr} of ${id} lies in no block of ${name}`,
            `Its blocks are ${cidrs.join(', ')}: correct one of them.`,
          ),
        ],
  );

const vSwitchesOverlapping = ({ name, vSwitches }: Vpc): Finding[] =>
  vSwitches.flatMap(({ id, cidr }, index) => {
    const other = vSwitches.slice(0, index).find((before) => overlaps(rangeOf(before.cidr), rangeOf(cidr)));
    return other
      ? [
          error(
            ['vpcs', name, 'vSwitches', index, 'cidr'],
            'overlapping-vswitches',
            `${cidr} of ${id} overlaps ${other.cidr} of ${other.id}`,
            'Correct one of them.',
          ),
        ]
      : [];
  });

function applicationsOutside({ name, vSwitches, applications }: Vpc): Finding[] {
  return applications.flatMap(({ name: application, vSwitch, addresses }) => {
    const path = ['vpcs', name, 'applications', application];
    const own = vSwitches.find(({ id }) => id === vSwitch);
    const ids = vSwitches.map(({ id }) => id);
    if (!own)
      return [
        error(
          [...path, 'vSwitch'],
          'unknown-name',
          `${name} has no vSwitch ${vSwitch}${didYouMean(vSwitch, ids)}`,
          `Known: ${ids.join(', ')}.`,
        ),
      ];
    const range = rangeOf(own.cidr);
    return addresses.flatMap((address, index) => {
      const value = parseIpv4(address) ?? -1;
      const inside = value >= range.first && value <= range.last;
      return inside
        ? []
        : [
            error(
              [...path, 'addresses', index],
              'address-outside-vswitch',
              `${address} is no address of ${vSwitch} (${own.cidr})`,
              'Correct the address or the vSwitch.',
            ),
          ];
    });
  });
}

/** One VPC written twice would be built twice. */
function idsUsedTwice(vpcs: readonly Vpc[]): Finding[] {
  const seen = new Map<string, string>();
  return vpcs.flatMap(({ name, id }) => {
    const other = seen.get(id);
    seen.set(id, name);
    return other === undefined
      ? []
      : [
          error(
            ['vpcs', name, 'id'],
            'vpc-named-twice',
            `${name} and ${other} are the same VPC, ${id}`,
            'Keep one of them.',
          ),
        ];
  });
}
