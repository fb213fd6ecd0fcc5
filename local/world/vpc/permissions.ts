/** Resources of VPC's actions: the ARNs of the service's RAM tables. */
import type { ResourceTable } from '../rpc/permissions';

const GATEWAY = 'vpngateway/{VpnGatewayId}';
const CONNECTION = 'vpnconnection/{VpnConnectionId}';
const OFFICE = 'customergateway/{CustomerGatewayId}';
const TABLE = 'routetable/{RouteTableId}';
const VPC = 'vpc/{VpcId}';

export const vpcResources: ResourceTable = {
  CreateCustomerGateway: 'customergateway/*',
  CreateRouteEntry: TABLE,
  CreateVpnConnection: 'vpnconnection/*',
  CreateVpnGateway: 'vpngateway/*',
  CreateVpnPbrRouteEntry: GATEWAY,
  CreateVpnRouteEntry: GATEWAY,
  DeleteCustomerGateway: OFFICE,
  DeleteRouteEntry: TABLE,
  DeleteVpnConnection: CONNECTION,
  DeleteVpnGateway: GATEWAY,
  DeleteVpnPbrRouteEntry: GATEWAY,
  DeleteVpnRouteEntry: GATEWAY,
  DescribeCustomerGateway: OFFICE,
  DescribeCustomerGateways: OFFICE,
  DescribeRouteEntryList: TABLE,
  DescribeRouteTableList: TABLE,
  DescribeVpcAttribute: VPC,
  DescribeVpcs: VPC,
  DescribeVpnConnection: CONNECTION,
  DescribeVpnConnections: CONNECTION,
  DescribeVpnGateway: GATEWAY,
  DescribeVpnGatewayAvailableZones: '*',
  DescribeVpnGateways: GATEWAY,
  DescribeVpnPbrRouteEntries: GATEWAY,
  DescribeVpnRouteEntries: GATEWAY,
  DescribeVSwitchAttributes: 'vswitch/{VSwitchId}',
  DescribeVSwitches: 'vswitch/{VSwitchId}',
  ListTagResources: '*',
  ModifyRouteTableAttributes: TABLE,
  ModifyTunnelAttribute: CONNECTION,
  ModifyVpnConnectionAttribute: CONNECTION,
  ModifyVpnGatewayAttribute: GATEWAY,
  ModifyVpnRouteEntryWeight: GATEWAY,
  PublishVpnRouteEntry: GATEWAY,
  // A tag's resource depends on its type, a table of its own on the service.
  TagResources: '*',
  UnTagResources: '*',
};
