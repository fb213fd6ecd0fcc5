import type { Action } from '../rpc/action';
import { associateRouteTable } from './associate-route-table';
import { createCustomerGateway } from './create-customer-gateway';
import { createRouteEntry } from './create-route-entry';
import { createRouteTable } from './create-route-table';
import { createVpc } from './create-vpc';
import { createVpnConnection } from './create-vpn-connection';
import { createVpnGateway } from './create-vpn-gateway';
import { createVpnPbrRouteEntry } from './create-vpn-pbr-route-entry';
import { createVpnRouteEntry } from './create-vpn-route-entry';
import { createVSwitch } from './create-vswitch';
import { deleteCustomerGateway } from './delete-customer-gateway';
import { deleteRouteEntry } from './delete-route-entry';
import { deleteRouteTable } from './delete-route-table';
import { deleteVpc } from './delete-vpc';
import { deleteVpnConnection } from './delete-vpn-connection';
import { deleteVpnGateway } from './delete-vpn-gateway';
import { deleteVpnPbrRouteEntry } from './delete-vpn-pbr-route-entry';
import { deleteVpnRouteEntry } from './delete-vpn-route-entry';
import { deleteVSwitch } from './delete-vswitch';
import { describeCustomerGateway } from './describe-customer-gateway';
import { describeCustomerGateways } from './describe-customer-gateways';
import { describeRegions } from './describe-regions';
import { describeRouteEntryList } from './describe-route-entry-list';
import { describeRouteTableList } from './describe-route-table-list';
import { describeRouteTables } from './describe-route-tables';
import { describeVpcAttribute } from './describe-vpc-attribute';
import { describeVpcs } from './describe-vpcs';
import { describeVpnConnection } from './describe-vpn-connection';
import { describeVpnConnections } from './describe-vpn-connections';
import { describeVpnGateway } from './describe-vpn-gateway';
import { describeVpnGatewayAvailableZones } from './describe-vpn-gateway-available-zones';
import { describeVpnGateways } from './describe-vpn-gateways';
import { describeVpnPbrRouteEntries } from './describe-vpn-pbr-route-entries';
import { describeVpnRouteEntries } from './describe-vpn-route-entries';
import { describeVSwitchAttributes } from './describe-vswitch-attributes';
import { describeVSwitches } from './describe-vswitches';
import { describeZones } from './describe-zones';
import { diagnoseVpnConnections } from './diagnose-vpn-connections';
import { downloadVpnConnectionConfig } from './download-vpn-connection-config';
import { listTagResources } from './list-tag-resources';
import { modifyCustomerGatewayAttribute } from './modify-customer-gateway-attribute';
import { modifyRouteTableAttributes } from './modify-route-table-attributes';
import { modifyTunnelAttribute } from './modify-tunnel-attribute';
import { modifyVpcAttribute } from './modify-vpc-attribute';
import { modifyVpnConnectionAttribute } from './modify-vpn-connection-attribute';
import { modifyVpnGatewayAttribute } from './modify-vpn-gateway-attribute';
import { modifyVpnPbrRouteEntryWeight } from './modify-vpn-pbr-route-entry-weight';
import { modifyVpnRouteEntryWeight } from './modify-vpn-route-entry-weight';
import { modifyVSwitchAttribute } from './modify-vswitch-attribute';
import { moveResourceGroup } from './move-resource-group';
import { moveVpnResourceGroup } from './move-vpn-resource-group';
import { publishVpnRouteEntry } from './publish-vpn-route-entry';
import { tagResources } from './tag-resources';
import { unTagResources } from './un-tag-resources';
import { unassociateRouteTable } from './unassociate-route-table';

export { vpcEffects } from './effects';

export const vpcActions: readonly Action[] = [
  associateRouteTable,
  createCustomerGateway,
  createRouteEntry,
  createRouteTable,
  createVpc,
  createVpnConnection,
  createVpnGateway,
  createVpnPbrRouteEntry,
  createVpnRouteEntry,
  createVSwitch,
  deleteCustomerGateway,
  deleteRouteEntry,
  deleteRouteTable,
  deleteVpc,
  deleteVpnConnection,
  deleteVpnGateway,
  deleteVpnPbrRouteEntry,
  deleteVpnRouteEntry,
  deleteVSwitch,
  describeCustomerGateway,
  describeCustomerGateways,
  describeRegions,
  describeRouteEntryList,
  describeRouteTableList,
  describeRouteTables,
  describeVpcAttribute,
  describeVpcs,
  describeVpnConnection,
  describeVpnConnections,
  describeVpnGateway,
  describeVpnGatewayAvailableZones,
  describeVpnGateways,
  describeVpnPbrRouteEntries,
  describeVpnRouteEntries,
  describeVSwitchAttributes,
  describeVSwitches,
  describeZones,
  diagnoseVpnConnections,
  downloadVpnConnectionConfig,
  listTagResources,
  modifyCustomerGatewayAttribute,
  modifyRouteTableAttributes,
  modifyTunnelAttribute,
  modifyVpcAttribute,
  modifyVpnConnectionAttribute,
  modifyVpnGatewayAttribute,
  modifyVpnPbrRouteEntryWeight,
  modifyVpnRouteEntryWeight,
  modifyVSwitchAttribute,
  moveResourceGroup,
  moveVpnResourceGroup,
  publishVpnRouteEntry,
  tagResources,
  unassociateRouteTable,
  unTagResources,
];
