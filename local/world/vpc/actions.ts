import type { Action } from '../rpc/action';
import { describeRouteEntryList } from './describe-route-entry-list';
import { describeRouteTableList } from './describe-route-table-list';
import { describeVpcAttribute } from './describe-vpc-attribute';
import { describeVpcs } from './describe-vpcs';
import { describeVpnGatewayAvailableZones } from './describe-vpn-gateway-available-zones';
import { describeVSwitchAttributes } from './describe-vswitch-attributes';
import { describeVSwitches } from './describe-vswitches';

export const vpcActions: readonly Action[] = [
  describeRouteEntryList,
  describeRouteTableList,
  describeVSwitchAttributes,
  describeVSwitches,
  describeVpcAttribute,
  describeVpcs,
  describeVpnGatewayAvailableZones,
];
