/** Resources of VPC's actions: the ARNs of the service's RAM tables. */
import type { ResourceTable } from '../rpc/permissions';

const GATEWAY = 'vpngateway/{VpnGatewayId}';
const CONNECTION = 'vpnconnection/{VpnConnectionId}';
const OFFICE = 'customergateway/{CustomerGatewayId}';
const TABLE = 'routetable/{RouteTableId}';
const VPC = 'vpc/{VpcId}';
const VSWITCH = 'vswitch/{VSwitchId}';

export const vpcResources: ResourceTable = {
  AssociateRouteTable: TABLE,
  CreateCustomerGateway: 'customergateway/*',
  CreateRouteEntry: TABLE,
  CreateRouteTable: 'routetable/*',
  CreateVpc: 'vpc/*',
  CreateVpnConnection: 'vpnconnection/*',
  CreateVpnGateway: 'vpngateway/*',
  CreateVpnPbrRouteEntry: GATEWAY,
  CreateVpnRouteEntry: GATEWAY,
  CreateVSwitch: 'vswitch/*',
  DeleteCustomerGateway: OFFICE,
  DeleteRouteEntry: TABLE,
  DeleteRouteTable: TABLE,
  DeleteVpc: VPC,
  DeleteVpnConnection: CONNECTION,
  DeleteVpnGateway: GATEWAY,
  DeleteVpnPbrRouteEntry: GATEWAY,
  DeleteVpnRouteEntry: GATEWAY,
  DeleteVSwitch: VSWITCH,
  DescribeCustomerGateway: OFFICE,
  DescribeCustomerGateways: OFFICE,
  DescribeRegions: null,
  DescribeRouteEntryList: TABLE,
  DescribeRouteTableList: TABLE,
  DescribeRouteTables: TABLE,
  DescribeVpcAttribute: VPC,
  DescribeVpcs: VPC,
  DescribeVpnConnection: CONNECTION,
  DescribeVpnConnections: CONNECTION,
  DescribeVpnGateway: GATEWAY,
  DescribeVpnGatewayAvailableZones: '*',
  DescribeVpnGateways: GATEWAY,
  DescribeVpnPbrRouteEntries: GATEWAY,
  DescribeVpnRouteEntries: GATEWAY,
  DescribeVSwitchAttributes: VSWITCH,
  DescribeVSwitches: VSWITCH,
  DescribeZones: '*',
  DiagnoseVpnConnections: '*',
  DownloadVpnConnectionConfig: CONNECTION,
  ListTagResources: '*',
  ModifyCustomerGatewayAttribute: OFFICE,
  ModifyRouteTableAttributes: TABLE,
  ModifyTunnelAttribute: CONNECTION,
  ModifyVpcAttribute: VPC,
  ModifyVpnConnectionAttribute: CONNECTION,
  ModifyVpnGatewayAttribute: GATEWAY,
  ModifyVpnPbrRouteEntryWeight: GATEWAY,
  ModifyVpnRouteEntryWeight: GATEWAY,
  ModifyVSwitchAttribute: VSWITCH,
  MoveResourceGroup: 'vpc/{ResourceId}',
  // By its kind, a table of its own on the service.
  MoveVpnResourceGroup: '*',
  PublishVpnRouteEntry: GATEWAY,
  // A tag's resource depends on its type, a table of its own on the service.
  TagResources: '*',
  UnassociateRouteTable: TABLE,
  UnTagResources: '*',
};
