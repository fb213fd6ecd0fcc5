/** The public addresses of offices: what the cloud refuses as a customer gateway, and what nobody answers at. */
import { type Cidr, rangeOf } from '../../cidr';
import { error, type Finding, warning } from '../finding';
import { documentation, notPublic } from '../special-blocks';
import type { Office } from '../topology';
import type { Lint } from './lint';

export const officeAddresses: Lint = ({ topology: { offices } }) => [
  ...offices.flatMap(publicAddress),
  ...sharedAddresses(offices),
];

function publicAddress({ name, address }: Office): Finding[] {
  const path = ['offices', name, 'address'];
  const range = rangeOf(`${address}/32` as Cidr);
  const refused = notPublic(range);
  if (refused)
    return [
      error(path, {
        code: 'address-not-public',
        message: `${address} of ${name} is ${refused.what}: the cloud takes none as a customer gateway`,
        remedy: 'Give the public address that its packets come from.',
      }),
    ];
  const example = documentation(range);
  if (!example) return [];
  return [
    warning(path, {
      code: 'documentation-address',
      message: `${address} of ${name} is ${example.what}: nobody answers there`,
      remedy: 'Replace it before this goes to an account.',
    }),
  ];
}

/** A second connection to one address shares the customer gateway and the gateway's two addresses: the device cannot tell them apart. */
function sharedAddresses(offices: readonly Office[]): Finding[] {
  const seen = new Map<string, Office>();
  return offices.flatMap((office) => {
    const { name, vpc, address } = office;
    const key = `${vpc} ${address}`;
    const before = seen.get(key);
    if (!before) {
      seen.set(key, office);
      return [];
    }
    return error(['offices', name, 'address'], {
      code: 'address-used-twice',
      message: `${name} and ${before.name} have one address, ${address}, on the gateway of ${vpc}`,
      remedy: 'One tunnel per address: make them one office with the CIDRs of both.',
      other: ['offices', before.name, 'address'],
    });
  });
}
