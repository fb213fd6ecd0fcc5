/** What the answers say of a vSwitch. */
import { parseCidr } from '../../../shared/cidr';
import type { JsonObject } from '../../../shared/json';
import type { RpcContext } from '../rpc/action';
import { ROUTE_TABLES, type RouteTableRecord, type VSwitchRecord } from './records';
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
    Status: 'Available',
    CreationTime: vpcTime(vSwitch.createdAt),
    Description: '',
    IsDefault: false,
    OwnerId: Number(context.settings.accountId),
    ResourceGroupId: '',
    NetworkAclId: '',
    Ipv6CidrBlock: '',
    EnabledIpv6: false,
    ShareType: '',
    RouteTable: { RouteTableId: vSwitch.routeTableId, RouteTableType: table?.type ?? 'System' },
    Tags: { Tag: [] },
  };
}

function availableAddresses({ cidr, usedAddresses }: VSwitchRecord): number {
  const range = parseCidr(cidr);
  if (!range) throw new TypeError(`a stored block is no IPv4 CIDR block: ${cidr}`);
  return Math.max(0, range.last - range.first + 1 - KEPT - usedAddresses.length);
}
