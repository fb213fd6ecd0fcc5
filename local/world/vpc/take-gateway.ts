/**
 * A gateway is written by one at a time, as is everything below it: a write makes it `updating` for a while, in which
 * others are answered `VpnGateway.Configuring`.
 */
import type { RpcContext } from '../rpc/action';
import { vpnGatewayOf } from './lookups';
import { VPN_GATEWAYS, type VpnGatewayRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** Refuses where the gateway cannot be written now; changes nothing. */
export function idleGateway(context: RpcContext, id: string): VpnGatewayRecord {
  const gateway = vpnGatewayOf(context, id);
  if (gateway.businessStatus === 'FinancialLocked') throw refusal('VpnGateway.FinancialLocked');
  if (gateway.status !== 'active') throw refusal('VpnGateway.Configuring');
  return gateway;
}

/** The gateway, taken for this write. A request that fails later leaves it idle: it leaves no trace at all. */
export function takeGateway(context: RpcContext, id: string): VpnGatewayRecord {
  const gateway = idleGateway(context, id);
  context.state.put(VPN_GATEWAYS, id, { ...gateway, status: 'updating' } satisfies VpnGatewayRecord);
  settleAfter(context, 'gatewayUpdate', { collection: VPN_GATEWAYS, key: id, from: 'updating', to: 'active' });
  return gateway;
}
