import { action } from '../rpc/action';
import { connectionOf } from './lookups';
import { REGION, REQUIRED, TEXT } from './parameters';
import { VPN_CONNECTIONS, VPN_POLICY_ROUTES, type VpnConnectionRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { takeGateway } from './take-gateway';
import { destinationRoutesOf, policyRouteKey, policyRoutesOf } from './vpn-routes';

/**
 * Routes that somebody made must go first, and automatic ones that were published be withdrawn. Whether the service
 * insists is unverified: what works under the stricter reading works under both.
 */
export const deleteVpnConnection = action({
  product: 'vpc',
  name: 'DeleteVpnConnection',
  parameters: { ...REGION, VpnConnectionId: REQUIRED, ClientToken: TEXT },
  handle(context, { VpnConnectionId }) {
    const { state } = context;
    const connection = connectionOf(context, VpnConnectionId);
    const gateway = takeGateway(context, connection.vpnGatewayId);
    const isIts = ({ connectionId }: { connectionId: string }): boolean => connectionId === connection.id;
    const policies = policyRoutesOf(state, gateway.id).filter(isIts);
    const stands = policies.some(({ automatic, published }) => !automatic || published);
    if (stands || destinationRoutesOf(state, gateway.id).some(isIts))
      throw refusal('DependencyViolation.VpnRouteEntry');
    for (const route of policies) state.delete(VPN_POLICY_ROUTES, policyRouteKey(route));
    const deleting: VpnConnectionRecord = {
      ...connection,
      state: 'deleting',
      tunnels: connection.tunnels.map((tunnel) => ({ ...tunnel, state: 'deleting' })),
    };
    state.put(VPN_CONNECTIONS, connection.id, deleting);
    settleAfter(context, 'connectionDelete', {
      collection: VPN_CONNECTIONS,
      key: connection.id,
      from: 'deleting',
      to: null,
    });
    return {};
  },
});
