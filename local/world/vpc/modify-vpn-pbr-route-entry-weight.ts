import { action } from '../rpc/action';
import { REGION, REQUIRED, TEXT } from './parameters';
import { VPN_POLICY_ROUTES } from './records';
import { takeGateway } from './take-gateway';
import { policyRouteKey, policyRouteOf } from './vpn-routes';

/** What was published stays published. */
export const modifyVpnPbrRouteEntryWeight = action({
  product: 'vpc',
  name: 'ModifyVpnPbrRouteEntryWeight',
  parameters: {
    ...REGION,
    VpnGatewayId: REQUIRED,
    RouteSource: REQUIRED,
    RouteDest: REQUIRED,
    NextHop: REQUIRED,
    Weight: { type: 'integer', required: true, values: [0, 100] },
    NewWeight: { type: 'integer', required: true, values: [0, 100] },
    Priority: { type: 'integer', minimum: 1, maximum: 100 },
    OverlayMode: { type: 'string', values: ['Ipsec'] },
    ClientToken: TEXT,
  },
  handle(context, input) {
    const { state } = context;
    const gateway = takeGateway(context, input.VpnGatewayId);
    const route = policyRouteOf(state, gateway, input);
    state.put(VPN_POLICY_ROUTES, policyRouteKey(route), { ...route, weight: input.NewWeight });
    return {};
  },
});
