/** The public addresses of offices, and the blocks behind them: what the cloud refuses, and what can never work. */
import ipaddr from 'ipaddr.js';
import { type Cidr, overlaps, rangeOf } from '../../cidr';
import type { Office } from '../topology';
import { error, type Finding, type Lint, warning } from './finding';

const DOCUMENTATION = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'].map((text) => rangeOf(text as Cidr));
const SHARED = rangeOf('100.64.0.0/10' as Cidr);
/** What a route of a VPN gateway may not lead to: the cloud uses these itself, or nobody can. */
const UNROUTABLE: readonly [string, string][] = [
  ['100.64.0.0/10', 'the cloud uses 100.64.0.0/10 for its own services'],
  ['127.0.0.0/8', 'loopback addresses leave no machine'],
  ['169.254.0.0/16', 'link-local addresses leave no link'],
  ['224.0.0.0/4', 'multicast is not routed here'],
  ['240.0.0.0/4', 'reserved addresses are routed nowhere'],
];

export const officeAddresses: Lint = ({ vpcs, offices }) => [
  ...offices.flatMap((office) => publicAddress(office)),
  ...offices.flatMap(({ name, cidrs }) =>
    cidrs.flatMap((cidr, index) => unroutable(['offices', name, 'cidrs', index], cidr, name)),
  ),
  ...vpcs.flatMap(({ name, cidrs }) =>
    cidrs.flatMap((cidr, index) => unroutable(['vpcs', name, 'cidrs', index], cidr, name)),
  ),
  ...sharedAddresses(offices),
];

function publicAddress({ name, address }: Office): Finding[] {
  const path = ['offices', name, 'address'];
  const value = rangeOf(`${address}/32` as Cidr);
  if (DOCUMENTATION.some((range) => overlaps(range, value)))
    return [
      warning(
        path,
        'documentation-address',
        `${address} of ${name} is a documentation address (RFC 5737): nobody answers there`,
        'Replace it before you apply this to an account.',
      ),
    ];
  const range = ipaddr.IPv4.parse(address).range();
  if (range === 'unicast' && !overlaps(SHARED, value)) return [];
  return [
    error(
      path,
      'address-not-public',
      `${address} of ${name} is a ${range === 'unicast' ? 'shared' : words(range)} address: the cloud refuses it as a customer gateway`,
      'Give the office’s static public address.',
    ),
  ];
}

const words = (range: string): string => range.replace(/([A-Z])/g, ' $1').toLowerCase();

function unroutable(path: (string | number)[], cidr: Cidr, site: string): Finding[] {
  const found = UNROUTABLE.find(([block]) => overlaps(rangeOf(block as Cidr), rangeOf(cidr)));
  return found && cidr !== '0.0.0.0/0'
    ? [error(path, 'cidr-not-routable', `${cidr} of ${site} cannot be routed: ${found[1]}`, 'Renumber the site.')]
    : [];
}

/** A customer gateway is one per address and region, and the device cannot tell two connections of it apart. */
function sharedAddresses(offices: readonly Office[]): Finding[] {
  const seen = new Map<string, string>();
  return offices.flatMap(({ name, vpc, address }) => {
    const key = `${vpc}/${address}`;
    const other = seen.get(key);
    seen.set(key, name);
    return other === undefined
      ? []
      : [
          error(
            ['offices', name, 'address'],
            'address-used-twice',
            `${name} and ${other} have the same address on ${vpc}`,
            'One tunnel per address: make them one office with the CIDRs of both.',
          ),
        ];
  });
}
