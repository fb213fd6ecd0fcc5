/** What the shape of an account's file cannot say: names that lead nowhere, and blocks that no VPC could have. */
import { type CidrRange, contains, overlaps, parseCidr, parseIpv4 } from '../../../shared/cidr';
import { isRegion } from '../rpc/regions';
import type { Account } from './account-schema';
import { systemTableOf } from './seed-account';

export interface Finding {
  /** Where in the file: `['vpcs', 0, 'cidrs', 1]`. */
  path: readonly (string | number)[];
  code: string;
  message: string;
  remedy: string;
}

type Vpc = Account['vpcs'][number];
type VSwitch = Vpc['vSwitches'][number];
type Path = readonly (string | number)[];

/** The service keeps the first address of a vSwitch and its last three. */
const RESERVED = { first: 1, last: 3 };

export const checkAccount = (account: Account): Finding[] => [
  ...repeatedIds(account),
  ...regions(account),
  ...account.vpcs.flatMap((vpc, at) => inVpc(vpc, ['vpcs', at])),
  ...groups(account),
  ...instances(account),
  ...backbone(account),
];

function repeatedIds({ vpcs, securityGroups, instances, cens, bandwidthPackages, secrets }: Account): Finding[] {
  const named = [
    ...vpcs.flatMap((vpc, at) => [
      { id: vpc.id, path: ['vpcs', at, 'id'] },
      { id: systemTableOf(vpc.id), path: ['vpcs', at, 'id'] },
      ...vpc.customRouteTables.map((id, index) => ({ id, path: ['vpcs', at, 'customRouteTables', index] })),
      ...vpc.vSwitches.map(({ id }, index) => ({ id, path: ['vpcs', at, 'vSwitches', index, 'id'] })),
    ]),
    ...Object.entries({ securityGroups, instances, cens, bandwidthPackages }).flatMap(([list, items]) =>
      items.map(({ id }, at) => ({ id, path: [list, at, 'id'] })),
    ),
    ...secrets.map(({ region, name }, at) => ({ id: `${region}/${name}`, path: ['secrets', at, 'name'] })),
  ];
  const seen = new Set<string>();
  return named.flatMap(({ id, path }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path, code: 'repeated-id', message: `${id} is there already`, remedy: 'Give it an id of its own.' }];
  });
}

function regions({ region, vpcs, secrets }: Account): Finding[] {
  const named = [
    { region, path: ['region'] },
    ...vpcs.map((vpc, at) => ({ region: vpc.region, path: ['vpcs', at, 'region'] })),
    ...secrets.map((secret, at) => ({ region: secret.region, path: ['secrets', at, 'region'] })),
  ];
  return named
    .filter((one) => !isRegion(one.region))
    .map((one) => unknown(one.path, `${one.region} is no region`, 'Write a region id such as us-east-1.'));
}

function inVpc(vpc: Vpc, path: Path): Finding[] {
  const blocks = vpc.cidrs.flatMap((text, index) => blockFindings(text, [...path, 'cidrs', index]));
  const ranges = vpc.cidrs.map(parseCidr).filter((range) => range !== null);
  return [
    ...blocks,
    ...vpc.vSwitches.flatMap((vSwitch, index) => inVSwitch(vpc, vSwitch, ranges, [...path, 'vSwitches', index])),
    ...overlapping(vpc, path),
  ];
}

function inVSwitch(vpc: Vpc, vSwitch: VSwitch, ranges: readonly CidrRange[], path: Path): Finding[] {
  const { id, zone, cidr, routeTable } = vSwitch;
  const range = parseCidr(cidr);
  const found = blockFindings(cidr, [...path, 'cidr']);
  if (range && !ranges.some((outer) => contains(outer, range)))
    found.push(wrong([...path, 'cidr'], `${cidr} of ${id} lies outside of ${vpc.id}'s blocks`));
  if (!zone.startsWith(vpc.region) || !/^-?[a-z]$/.test(zone.slice(vpc.region.length)))
    found.push(wrong([...path, 'zone'], `${zone} is no zone of ${vpc.region}`));
  if (routeTable !== undefined && !vpc.customRouteTables.includes(routeTable))
    found.push(
      unknown(
        [...path, 'routeTable'],
        `${id} is bound to ${routeTable}, which ${vpc.id} does not have`,
        `List it under ${vpc.id}'s customRouteTables, or correct it.`,
      ),
    );
  return found;
}

const overlapping = ({ vSwitches }: Vpc, path: Path): Finding[] =>
  vSwitches.flatMap(({ id, cidr }, index) => {
    const range = parseCidr(cidr);
    const other = vSwitches.slice(0, index).find((earlier) => {
      const standing = parseCidr(earlier.cidr);
      return range !== null && standing !== null && overlaps(range, standing);
    });
    return other ? [wrong([...path, 'vSwitches', index, 'cidr'], `${cidr} of ${id} overlaps ${other.id}'s`)] : [];
  });

function groups({ vpcs, securityGroups }: Account): Finding[] {
  const known = new Set(vpcs.map(({ id }) => id));
  return securityGroups.flatMap(({ id, vpc, rules }, at) => [
    ...(known.has(vpc) ? [] : [absent(['securityGroups', at, 'vpc'], `${id} is in ${vpc}`)]),
    ...rules.flatMap(({ cidr }, index) => blockFindings(cidr, ['securityGroups', at, 'rules', index, 'cidr'])),
  ]);
}

function instances({ vpcs, securityGroups, instances: all }: Account): Finding[] {
  const places = new Map(vpcs.flatMap((vpc) => vpc.vSwitches.map((vSwitch) => [vSwitch.id, { vpc, vSwitch }])));
  const vpcOf = new Map(securityGroups.map(({ id, vpc }) => [id, vpc]));
  return all.flatMap((instance, at) => {
    const path = ['instances', at];
    const place = places.get(instance.vSwitch);
    if (!place) return [absent([...path, 'vSwitch'], `${instance.id} is in ${instance.vSwitch}`)];
    const twin = all.slice(0, at).find((one) => one.vSwitch === instance.vSwitch && one.address === instance.address);
    return [
      ...addressFindings(instance, place.vSwitch, [...path, 'address']),
      ...(twin ? [wrong([...path, 'address'], `${instance.address} is ${twin.id}'s already`)] : []),
      ...instance.securityGroups.flatMap((group, index) => {
        const carried = [...path, 'securityGroups', index];
        if (!vpcOf.has(group)) return [absent(carried, `${instance.id} carries ${group}`)];
        if (vpcOf.get(group) === place.vpc.id) return [];
        return [wrong(carried, `${group} belongs to ${vpcOf.get(group)}, and ${instance.id} is in ${place.vpc.id}`)];
      }),
    ];
  });
}

function addressFindings({ address }: { address: string }, { id, cidr }: VSwitch, path: Path): Finding[] {
  const range = parseCidr(cidr);
  const value = parseIpv4(address);
  if (value === null) return [wrong(path, `${address} is no IPv4 address`)];
  if (!range || (range.first + RESERVED.first <= value && value <= range.last - RESERVED.last)) return [];
  return [wrong(path, `${address} is no address that ${id} (${cidr}) can give: its first and last three are kept`)];
}

function backbone({ vpcs, cens }: Account): Finding[] {
  const known = new Set(vpcs.map(({ id }) => id));
  const taken = new Map<string, string>();
  return cens.flatMap(({ id, edition, attachments }, at) =>
    attachments.flatMap((vpc, index) => {
      const path = ['cens', at, 'attachments', index];
      const owner = taken.get(vpc);
      taken.set(vpc, id);
      if (edition === 'Enterprise')
        return [
          {
            path,
            code: 'enterprise-attachment',
            message: `${id} is of the enterprise edition, whose attachments hang on transit routers`,
            remedy: 'Leave it out, and make router and attachment by calls.',
          },
        ];
      if (!known.has(vpc)) return [absent(path, `${id} has ${vpc}`)];
      return owner === undefined ? [] : [wrong(path, `${vpc} is attached to ${owner} already`)];
    }),
  );
}

const blockFindings = (text: string, path: Path): Finding[] => {
  const range = parseCidr(text);
  if (!range) return [wrong(path, `${text} is no IPv4 block`)];
  const first = parseIpv4(text.split('/')[0] ?? '');
  return first === range.first ? [] : [wrong(path, `${text} has bits behind its length`)];
};

const wrong = (path: Path, message: string): Finding => ({
  path,
  code: 'impossible-value',
  message,
  remedy: 'Correct it: the cloud would not have such a one.',
});
const unknown = (path: Path, message: string, remedy: string): Finding => ({
  path,
  code: 'unknown-name',
  message,
  remedy,
});
const absent = (path: Path, message: string): Finding =>
  unknown(path, `${message}, which the file does not have`, 'Correct the name, or add what it names.');
