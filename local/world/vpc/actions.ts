import type { Action } from '../rpc/action';
import { createCustomerGateway } from './create-customer-gateway';
import { createVpnGateway } from './create-vpn-gateway';
import { deleteCustomerGateway } from './delete-customer-gateway';
import { deleteVpnGateway } from './delete-vpn-gateway';
import { describeCustomerGateway } from './describe-customer-gateway';
import { describeCustomerGateways } from './describe-customer-gateways';
import { describeRouteEntryList } from './describe-route-entry-list';
import { describeRouteTableList } from './describe-route-table-list';
import { describeVpcAttribute } from './describe-vpc-attribute';
import { describeVpcs } from './describe-vpcs';
import { describeVpnGateway } from './describe-vpn-gateway';
import { describeVpnGatewayAvailableZones } from './describe-vpn-gateway-available-zones';
import { describeVpnGateways } from './describe-vpn-gateways';
import { describeVSwitchAttributes } from './describe-vswitch-attributes';
import { describeVSwitches } from './describe-vswitches';
import { modifyVpnGatewayAttribute } from './modify-vpn-gateway-attribute';

export { vpcEffects } from './effects';

export const vpcActions: readonly Action[] = [
  createCustomerGateway,
  createVpnGateway,
  deleteCustomerGateway,
  deleteVpnGateway,
  describeCustomerGateway,
  describeCustomerGateways,
  describeRouteEntryList,
  describeRouteTableList,
  describeVSwitchAttributes,
  describeVSwitches,
  describeVpcAttribute,
  describeVpcs,
  describeVpnGateway,
  describeVpnGatewayAvailableZones,
  describeVpnGateways,
  modifyVpnGatewayAttribute,
];
