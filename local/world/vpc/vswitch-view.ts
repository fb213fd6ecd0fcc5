/** What the answers say of a vSwitch. */
import { parseCidr } from '../../../shared/cidr';
import type { JsonObject } from '../../../shared/json';
import type { RpcContext } from '../rpc/action';
import { ROUTE_TABLES, type RouteTableRecord, VPCS, type VpcRecord, type VSwitchRecord } from './records';
import { tagList } from './tags';
import { vpcTime } from './times';

/** The service keeps the first address of a vSwitch and its last three. */
const KEPT = 4;

/** Both DescribeVSwitches and DescribeVSwitchAttributes. */
export function vSwitchView(context: RpcContext, vSwitch: VSwitchRecord): JsonObject {
  const table = context.state.get<RouteTableRecord>(ROUTE_TABLES, vSwitch.routeTableId);
  return {
    VSwitchId: vSwitch.id,
    VpcId: vSwitch.vpcId,
    VSwitchName: vSwitch.name,
    ZoneId: vSwitch.zone,
    CidrBlock: vSwitch.cidr,
    AvailableIpAddressCount: availableAddresses(vSwitch),
    Status: vSwitch.status ?? 'Available',
    CreationTime: vpcTime(vSwitch.createdAt),
    Description: vSwitch.description ?? '',
    IsDefault: false,
    OwnerId: Number(context.settings.accountId),
    ResourceGroupId: context.state.get<VpcRecord>(VPCS, vSwitch.vpcId)?.resourceGroupId ?? '',
    NetworkAclId: '',
    Ipv6CidrBlock: '',
    EnabledIpv6: false,
    ShareType: '',
    RouteTable: { RouteTableId: vSwitch.routeTableId, RouteTableType: table?.type ?? 'System' },
    Tags: { Tag: tagList(vSwitch.tags ?? []) },
  };
}

function availableAddresses({ cidr, usedAddresses }: VSwitchRecord): number {
  const range = parseCidr(cidr);
  if (!range) throw new TypeError(`a stored block is no IPv4 CIDR block: ${cidr}`);
  return Math.max(0, range.last - range.first + 1 - KEPT - usedAddresses.length);
}
