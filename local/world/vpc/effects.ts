/** What settle.ts scheduled, when its time has come. */
import { releaseAddress } from '../cbn/interface-address';
import type { Context, Effect } from '../world';
import { provision } from './provision-gateway';
import {
  ROUTE_TABLES,
  type RouteTableRecord,
  VPCS,
  VPN_CONNECTIONS,
  VPN_GATEWAYS,
  type VpnConnectionRecord,
  type VpnGatewayRecord,
} from './records';
import { SETTLE, type Settlement } from './settle';

const settle = (context: Context, { collection, key, from, to }: Settlement): void => {
  if (collection === VPN_GATEWAYS) settleGateway(context, key, from, to);
  else if (collection === VPN_CONNECTIONS) settleConnection(context, key, from, to);
  else settleRecord(context, { collection, key, from, to });
  if (collection === VPCS && to === null) dropTables(context, key);
};

/** Of a VPC that has gone; a custom one would have kept it. */
function dropTables({ state }: Context, vpcId: string): void {
  if (state.get(VPCS, vpcId) !== undefined) return;
  for (const table of state.values<RouteTableRecord>(ROUTE_TABLES))
    if (table.vpcId === vpcId) state.delete(ROUTE_TABLES, table.id);
}

function settleRecord({ state }: Context, { collection, key, from, to }: Settlement): void {
  const record = state.get<{ status: string }>(collection, key);
  if (record?.status !== from) return;
  if (to === null) state.delete(collection, key);
  else state.put(collection, key, { ...record, status: to });
}

function settleGateway(context: Context, id: string, from: string, to: string | null): void {
  const { state } = context;
  const gateway = state.get<VpnGatewayRecord>(VPN_GATEWAYS, id);
  if (gateway?.status !== from) return;
  if (to === null) {
    for (const { vSwitchId, address } of gateway.interfaces) releaseAddress(state, vSwitchId, address);
    state.delete(VPN_GATEWAYS, id);
  } else if (from === 'init') provision(context, gateway);
  else state.put(VPN_GATEWAYS, id, { ...gateway, status: to });
}

/** Its tunnels are in the same state as it is. */
function settleConnection({ state }: Context, id: string, from: string, to: string | null): void {
  const connection = state.get<VpnConnectionRecord>(VPN_CONNECTIONS, id);
  if (connection?.state !== from) return;
  if (to === null) {
    state.delete(VPN_CONNECTIONS, id);
    return;
  }
  const tunnels = connection.tunnels.map((tunnel) => ({ ...tunnel, state: 'active' }));
  state.put(VPN_CONNECTIONS, id, { ...connection, state: to, tunnels });
}

export const vpcEffects: Record<string, Effect> = { [SETTLE]: settle };
