/** Finding what a request names in its region, or refusing it. */
import type { RpcContext } from '../rpc/action';
import type { State } from '../state';
import {
  CUSTOMER_GATEWAYS,
  type CustomerGatewayRecord,
  ROUTE_TABLES,
  type RouteTableRecord,
  VPCS,
  VPN_CONNECTIONS,
  VPN_GATEWAYS,
  type VpcRecord,
  type VpnConnectionRecord,
  type VpnGatewayRecord,
  VSWITCHES,
  type VSwitchRecord,
} from './records';
import { refusal } from './refusals';

export function vpcOf({ state, region }: RpcContext, id: string): VpcRecord {
  const vpc = state.get<VpcRecord>(VPCS, id);
  if (vpc?.region !== region) throw refusal('InvalidVpcId.NotFound');
  return vpc;
}

export const regionOf = (state: State, vpcId: string): string => state.get<VpcRecord>(VPCS, vpcId)?.region ?? '';

export function vSwitchOf({ state, region }: RpcContext, id: string): VSwitchRecord {
  const vSwitch = state.get<VSwitchRecord>(VSWITCHES, id);
  if (!vSwitch || regionOf(state, vSwitch.vpcId) !== region) throw refusal('InvalidVSwitchId.NotFound');
  return vSwitch;
}

export function routeTableOf({ state, region }: RpcContext, id: string): RouteTableRecord {
  const table = state.get<RouteTableRecord>(ROUTE_TABLES, id);
  if (!table || regionOf(state, table.vpcId) !== region) throw refusal('InvalidRouteTableId.NotFound');
  return table;
}

export function vpnGatewayOf({ state, region }: RpcContext, id: string): VpnGatewayRecord {
  const gateway = state.get<VpnGatewayRecord>(VPN_GATEWAYS, id);
  if (gateway?.region !== region) throw refusal('InvalidVpnGatewayInstanceId.NotFound');
  return gateway;
}

export function customerGatewayOf({ state, region }: RpcContext, id: string): CustomerGatewayRecord {
  const gateway = state.get<CustomerGatewayRecord>(CUSTOMER_GATEWAYS, id);
  if (gateway?.region !== region) throw refusal('InvalidCustomerGatewayInstanceId.NotFound');
  return gateway;
}

export function connectionOf({ state, region }: RpcContext, id: string): VpnConnectionRecord {
  const connection = state.get<VpnConnectionRecord>(VPN_CONNECTIONS, id);
  if (connection?.region !== region) throw refusal('InvalidVpnConnectionInstanceId.NotFound');
  return connection;
}

/** One that is not being made or changed: after its gateway is active again it may take a little longer. */
export function idleConnection(context: RpcContext, id: string): VpnConnectionRecord {
  const connection = connectionOf(context, id);
  if (connection.state !== 'active') throw refusal('VpnConnection.Configuring');
  return connection;
}
