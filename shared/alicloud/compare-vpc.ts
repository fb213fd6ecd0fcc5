/** One VPC of the file against the account's. */
import { cidr } from '../cidr';
import type { Cloud } from '../engine/cloud';
import type { Problem } from '../problem';
import type { Application, Topology, Vpc, VSwitch } from '../topology/topology';
import { accountError, accountWarning } from './account-problem';
import { listRouteTables, type RouteTableReading } from './reads/route-tables';
import {
  addressesOf,
  listNetworkInterfaces,
  listSecurityGroups,
  type NetworkInterfaceReading,
} from './reads/security-groups';
import { attachmentZones } from './reads/transit-routers';
import { listVSwitches, readVpc, type VpcReading, type VSwitchReading } from './reads/vpcs';
import { gatewayZones } from './reads/vpn-gateways';

export async function compareVpc(cloud: Cloud, topology: Topology, vpc: Vpc): Promise<Problem[]> {
  const { name, id, region } = vpc;
  const seen = await readVpc(cloud, region, id);
  if (!seen)
    return [
      accountError(
        'vpc-missing',
        `vpc ${name}: the account has no ${id} in ${region}`,
        `correct its id or region, or use the credentials of the account that holds it`,
      ),
    ];
  const [vSwitches, tables, groups, interfaces, zones] = await Promise.all([
    listVSwitches(cloud, region, id),
    listRouteTables(cloud, region, { VpcId: id }),
    vpc.applications.length === 0 ? [] : listSecurityGroups(cloud, region, id),
    vpc.applications.length === 0 ? [] : listNetworkInterfaces(cloud, region, id),
    zonesOf(cloud, topology, vpc),
  ]);
  const groupIds = new Set(groups.map(({ SecurityGroupId }) => SecurityGroupId));
  return [
    ...compareBlocks(vpc, seen),
    ...vpc.vSwitches.flatMap((stated) => compareVSwitch(vpc, stated, vSwitches, tables)),
    ...compareTables(vpc, tables),
    ...comparePlaces(topology, vpc, vSwitches, zones),
    ...vpc.applications.flatMap((application) => compareApplication(application, id, groupIds, interfaces)),
  ];
}

interface Zones {
  gateway: string[];
  /** Null where no attachment is made, or the region does not say. */
  attachment: string[] | null;
}

async function zonesOf(cloud: Cloud, { backbone }: Topology, { region, gateway }: Vpc): Promise<Zones> {
  const [forGateway, forAttachment] = await Promise.all([
    gatewayZones(cloud, region, gateway.bandwidthMbps),
    backbone.edition === 'transit-router' ? attachmentZones(cloud, region) : null,
  ]);
  return { gateway: forGateway, attachment: forAttachment };
}

function compareBlocks({ name, id, cidrs }: Vpc, seen: VpcReading): Problem[] {
  const there = [seen.CidrBlock, ...seen.SecondaryCidrBlocks.SecondaryCidrBlock].map(cidr);
  const stated = new Set<string>(cidrs);
  return [
    ...cidrs
      .filter((block) => !there.includes(block))
      .map((block) =>
        accountError(
          'vpc-cidr-absent',
          `vpc ${name}: the file states ${block}, and ${id} has ${there.join(', ')}`,
          'correct cidrs, or add the block to the VPC',
        ),
      ),
    ...there
      .filter((block) => !stated.has(block))
      .map((block) =>
        accountError(
          'vpc-cidr-unstated',
          `vpc ${name}: ${id} has ${block}, which the file does not state`,
          'add the block to cidrs: routes and rules are made for what is stated',
        ),
      ),
  ];
}

function compareVSwitch(
  { name }: Vpc,
  stated: VSwitch,
  vSwitches: readonly VSwitchReading[],
  tables: readonly RouteTableReading[],
): Problem[] {
  const seen = vSwitches.find(({ VSwitchId }) => VSwitchId === stated.id);
  if (!seen)
    return [
      accountError('vswitch-missing', `vpc ${name} has no vSwitch ${stated.id}`, 'correct its id, or make the vSwitch'),
    ];
  const problems: Problem[] = [];
  const differs = (what: string, file: string, account: string): void => {
    const message = `vSwitch ${stated.id}: the file says ${what} ${file}, the account ${account}`;
    problems.push(
      accountError(`vswitch-${what.replace(' ', '-')}`, message, `correct the vSwitch's ${what} in the file`),
    );
  };
  if (seen.ZoneId !== stated.zone) differs('zone', stated.zone, seen.ZoneId);
  if (cidr(seen.CidrBlock) !== stated.cidr) differs('cidr', stated.cidr, seen.CidrBlock);
  const custom = customTableOf(stated.id, tables);
  if (custom !== stated.routeTable)
    differs('route table', stated.routeTable ?? 'of the system', custom ?? 'the system table');
  return problems;
}

/** Null for the system table, which lists its vSwitches too. */
const customTableOf = (vSwitchId: string, tables: readonly RouteTableReading[]): string | null =>
  tables.find(
    ({ RouteTableType, VSwitchIds }) => RouteTableType !== 'System' && VSwitchIds.VSwitchId.includes(vSwitchId),
  )?.RouteTableId ?? null;

/** Custom tables of vSwitches that the file leaves out: not ours to fill, and their hosts reach no office. */
function compareTables({ name, vSwitches }: Vpc, tables: readonly RouteTableReading[]): Problem[] {
  const stated = new Set(vSwitches.map(({ id }) => id));
  return tables.flatMap(({ RouteTableId, RouteTableType, VSwitchIds }) => {
    const bound = VSwitchIds.VSwitchId;
    if (RouteTableType === 'System' || bound.length === 0 || bound.some((id) => stated.has(id))) return [];
    return accountWarning(
      'route-table-unstated',
      `vpc ${name} has the custom route table ${RouteTableId} on ${bound.join(', ')}, which the file does not mention: offices will not reach what stands there`,
      'add these vSwitches with their routeTable to the file, if offices are to reach them',
    );
  });
}

/** Zones that the service offers, and one free address each for the gateway's and the attachment's interfaces. */
function comparePlaces(
  { backbone }: Topology,
  { name, vSwitches, gateway, attachment }: Vpc,
  seen: readonly VSwitchReading[],
  zones: Zones,
): Problem[] {
  const forAttachment = backbone.edition === 'transit-router' ? attachment.vSwitches : [];
  const zoneOf = (id: string): string => vSwitches.find((each) => each.id === id)?.zone ?? '';
  const outside = (what: string, ids: readonly string[], offered: string[] | null): Problem[] =>
    ids
      .filter((id) => offered !== null && !offered.includes(zoneOf(id)))
      .map((id) =>
        accountError(
          `${what}-zone`,
          `vpc ${name}: no ${what} can stand in ${zoneOf(id)} (${id}); the service offers ${offered?.join(', ') || 'no zone'}`,
          `name vSwitches of offered zones under ${what}.vSwitches`,
        ),
      );
  const takers = new Set([...gateway.vSwitches, ...forAttachment]);
  return [
    ...outside('gateway', gateway.vSwitches, zones.gateway),
    ...outside('attachment', forAttachment, zones.attachment),
    ...seen
      .filter(({ VSwitchId, AvailableIpAddressCount }) => takers.has(VSwitchId) && AvailableIpAddressCount < 1)
      // A warning: where gateway and attachment stand already, they need none.
      .map(({ VSwitchId }) =>
        accountWarning(
          'vswitch-full',
          `vSwitch ${VSwitchId} has no free address, and a gateway or attachment made in it takes one`,
          'free an address, or name another vSwitch',
        ),
      ),
  ];
}

function compareApplication(
  { ref, securityGroup, addresses }: Application,
  vpcId: string,
  groupIds: ReadonlySet<string>,
  interfaces: readonly NetworkInterfaceReading[],
): Problem[] {
  if (!groupIds.has(securityGroup))
    return [
      accountError(
        'security-group-missing',
        `${ref}: ${vpcId} has no security group ${securityGroup}`,
        'correct securityGroup, or make the group in that VPC',
      ),
    ];
  return addresses.flatMap((address) => {
    const carrier = interfaces.find((each) => addressesOf(each).includes(address));
    if (!carrier)
      return accountWarning(
        'address-unused',
        `${ref}: no network interface of ${vpcId} carries ${address}`,
        'correct addresses, or start the instance before the network is proven',
      );
    const groups = carrier.SecurityGroupIds.SecurityGroupId;
    if (groups.includes(securityGroup)) return [];
    return accountWarning(
      'address-in-another-group',
      `${ref}: ${address} is on ${carrier.NetworkInterfaceId}, which is in ${groups.join(', ') || 'no group'} and not in ${securityGroup}`,
      `put the interface into ${securityGroup}, or name its group: rules go where the file says`,
    );
  });
}
