import { action } from '../rpc/action';
import { REGION, REQUIRED, TEXT } from './parameters';
import {
  ROUTE_ENTRIES,
  type RouteEntryRecord,
  VPN_CONNECTIONS,
  VPN_GATEWAYS,
  type VpnConnectionRecord,
  type VpnGatewayRecord,
} from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { idleGateway } from './take-gateway';

/** A prepaid one cannot be given back before its time. Routes of the VPC that lead to it are in its way. */
export const deleteVpnGateway = action({
  product: 'vpc',
  name: 'DeleteVpnGateway',
  parameters: { ...REGION, VpnGatewayId: REQUIRED, ClientToken: TEXT },
  handle(context, { VpnGatewayId }) {
    const { state, now } = context;
    const gateway = idleGateway(context, VpnGatewayId);
    if (gateway.expiresAt !== null && gateway.expiresAt > now) throw refusal('ForbiddenRelease');
    const isBelow = ({ vpnGatewayId }: VpnConnectionRecord): boolean => vpnGatewayId === gateway.id;
    if (state.values<VpnConnectionRecord>(VPN_CONNECTIONS).some(isBelow))
      throw refusal('DependencyViolation.VpnConnection');
    if (state.values<RouteEntryRecord>(ROUTE_ENTRIES).some(({ nextHopId }) => nextHopId === gateway.id))
      throw refusal('DependencyViolation.VpcRouteEntry');
    state.put(VPN_GATEWAYS, gateway.id, { ...gateway, status: 'deleting' } satisfies VpnGatewayRecord);
    settleAfter(context, 'gatewayDelete', { collection: VPN_GATEWAYS, key: gateway.id, from: 'deleting', to: null });
    return {};
  },
});
