/** Within a VPC: vSwitches inside its blocks and apart from each other, applications inside their vSwitch. */
import { contains, overlaps, parseIpv4, rangeOf } from '../../cidr';
import { error, type Finding } from '../finding';
import type { Application, Vpc } from '../topology';
import type { Lint } from './lint';

export const vpcAddresses: Lint = ({ topology: { vpcs } }) =>
  vpcs.flatMap((vpc) => [
    ...vSwitchesOutside(vpc),
    ...vSwitchesOverlapping(vpc),
    ...vpc.applications.flatMap((application) => addressesOutside(vpc, application)),
  ]);

const vSwitchesOutside = ({ name, cidrs, vSwitches }: Vpc): Finding[] =>
  vSwitches.flatMap(({ id, cidr }, index) => {
    const range = rangeOf(cidr);
    if (cidrs.some((block) => contains(rangeOf(block), range))) return [];
    return error(['vpcs', name, 'vSwitches', index, 'cidr'], {
      code: 'vswitch-outside-vpc',
      message: `${cidr} of ${id} lies in no block of ${name}`,
      remedy: `Its blocks are ${cidrs.join(', ')}: correct one of them.`,
      other: ['vpcs', name, 'cidrs'],
    });
  });

/** A VPC has a hundred of them at most. */
function vSwitchesOverlapping({ name, vSwitches }: Vpc): Finding[] {
  const ranges = vSwitches.map(({ cidr }) => rangeOf(cidr));
  return vSwitches.flatMap(({ id, cidr }, index) => {
    const range = ranges[index];
    const before = ranges.findIndex((other, at) => at < index && range !== undefined && overlaps(other, range));
    const other = vSwitches[before];
    if (!other) return [];
    return error(['vpcs', name, 'vSwitches', index, 'cidr'], {
      code: 'overlapping-vswitches',
      message: `${cidr} of ${id} overlaps ${other.cidr} of ${other.id}`,
      remedy: 'Correct one of them.',
      other: ['vpcs', name, 'vSwitches', before, 'cidr'],
    });
  });
}

function addressesOutside({ name, vSwitches }: Vpc, { name: application, vSwitch, addresses }: Application): Finding[] {
  const cidr = vSwitches.find(({ id }) => id === vSwitch)?.cidr;
  if (cidr === undefined) return [];
  const { first, last } = rangeOf(cidr);
  return addresses.flatMap((address, index) => {
    const value = parseIpv4(address) ?? -1;
    if (first <= value && value <= last) return [];
    return error(['vpcs', name, 'applications', application, 'addresses', index], {
      code: 'address-outside-vswitch',
      message: `${address} is no address of ${vSwitch} (${cidr})`,
      remedy: 'Correct the address or the vSwitch.',
    });
  });
}
