/** One VPC as the proof sees it: vSwitches with their tables, entries that forward, groups in front of applications. */
import { type Cidr, cidr, parseCidr } from '../cidr';
import type { Cloud } from '../engine/cloud';
import type { ApplicationModel, SecurityGroupModel, VpcModel, VpcNextHop, VpcTable } from '../network/model';
import type { Application, Vpc } from '../topology/topology';
import {
  entryIsThere,
  listRouteEntries,
  listRouteTables,
  type RouteEntryReading,
  type RouteTableReading,
} from './reads/route-tables';
import {
  addressesOf,
  listNetworkInterfaces,
  listPermissions,
  listSecurityGroups,
  type NetworkInterfaceReading,
} from './reads/security-groups';
import { listVSwitches, readVpc } from './reads/vpcs';
import { readRule } from './security-rules';

export async function readVpcModel(cloud: Cloud, vpc: Vpc): Promise<VpcModel> {
  const { name, id, region } = vpc;
  const [seen, vSwitches, tables, interfaces] = await Promise.all([
    readVpc(cloud, region, id),
    listVSwitches(cloud, region, id),
    listRouteTables(cloud, region, { VpcId: id }),
    vpc.applications.length === 0 ? [] : listNetworkInterfaces(cloud, region, id),
  ]);
  const applications = vpc.applications.map((application) => applicationModel(application, interfaces));
  const groupIds = new Set(applications.flatMap(({ securityGroupIds }) => securityGroupIds));
  const [tableModels, securityGroups] = await Promise.all([
    Promise.all(tables.map((table) => readTable(cloud, region, table))),
    groupIds.size === 0 ? [] : readGroups(cloud, vpc, groupIds),
  ]);
  const system = tables.find(({ RouteTableType }) => RouteTableType === 'System')?.RouteTableId ?? '';
  const boundTo = new Map(
    tables.flatMap((table) => table.VSwitchIds.VSwitchId.map((vSwitch) => [vSwitch, table.RouteTableId])),
  );
  return {
    name,
    id,
    region,
    cidrs: seen ? [seen.CidrBlock, ...seen.SecondaryCidrBlocks.SecondaryCidrBlock].map(cidr) : [],
    vSwitches: vSwitches.map(({ VSwitchId, CidrBlock, RouteTable }) => ({
      id: VSwitchId,
      cidr: cidr(CidrBlock),
      tableId: RouteTable.RouteTableId || boundTo.get(VSwitchId) || system,
    })),
    tables: tableModels,
    applications,
    securityGroups,
  };
}

async function readTable(cloud: Cloud, region: string, table: RouteTableReading): Promise<VpcTable> {
  const entries = await listRouteEntries(cloud, region, { RouteTableId: table.RouteTableId });
  return {
    id: table.RouteTableId,
    kind: table.RouteTableType === 'System' ? 'system' : 'custom',
    routes: entries.flatMap((entry) => {
      const destination = ipv4Block(entry.DestinationCidrBlock);
      // System entries are the vSwitches' own, which the model implies, and the cloud's service addresses.
      const forwards = destination !== null && entryIsThere(entry) && entry.Type !== 'System';
      return forwards ? [{ destination, nextHop: nextHopOf(entry) }] : [];
    }),
  };
}

/** Null for IPv6, which no site of a topology has. */
function ipv4Block(block: string): Cidr | null {
  return parseCidr(block) ? cidr(block) : null;
}

function nextHopOf({ Type, NextHops }: RouteEntryReading): VpcNextHop {
  const [hop] = NextHops.NextHop;
  const type = hop?.NextHopType ?? '';
  const id = hop?.NextHopId ?? '';
  if (type === 'VpnGateway') return { kind: 'vpn-gateway', id };
  if (type === 'Attachment') return { kind: 'attachment', id };
  if (Type === 'CEN') return { kind: 'cen', vpcId: id, region: hop?.NextHopRegionId ?? '' };
  return { kind: 'other', type, id };
}

function applicationModel(application: Application, interfaces: readonly NetworkInterfaceReading[]): ApplicationModel {
  const carriers = application.addresses.flatMap((address) => {
    const carrier = interfaces.find((each) => addressesOf(each).includes(address));
    return carrier ? [carrier] : [];
  });
  const [first, ...others] = carriers.map(({ SecurityGroupIds }) => SecurityGroupIds.SecurityGroupId);
  return {
    ref: application.ref,
    vSwitchId: carriers[0]?.VSwitchId || application.vSwitch,
    addresses: application.addresses,
    ports: application.ports,
    // Of several instances in different groups, what holds for each: a group on one alone admits nobody to the other.
    securityGroupIds: (first ?? []).filter((group) => others.every((groups) => groups.includes(group))),
  };
}

async function readGroups(
  cloud: Cloud,
  { id, region }: Vpc,
  wanted: ReadonlySet<string>,
): Promise<SecurityGroupModel[]> {
  const groups = (await listSecurityGroups(cloud, region, id)).filter((group) => wanted.has(group.SecurityGroupId));
  return Promise.all(
    groups.map(async ({ SecurityGroupId, SecurityGroupType }) => ({
      id: SecurityGroupId,
      type: SecurityGroupType === 'enterprise' ? ('enterprise' as const) : ('normal' as const),
      rules: (await listPermissions(cloud, region, SecurityGroupId, 'all')).flatMap(readRule),
    })),
  );
}
