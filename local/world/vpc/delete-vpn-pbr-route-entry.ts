import { action } from '../rpc/action';
import { REGION, REQUIRED, TEXT } from './parameters';
import { withdrawFromVpc } from './publication';
import { VPN_POLICY_ROUTES } from './records';
import { takeGateway } from './take-gateway';
import { policyRouteKey, policyRouteOf } from './vpn-routes';

/** Where no priority is given, whatever it has. */
export const deleteVpnPbrRouteEntry = action({
  product: 'vpc',
  name: 'DeleteVpnPbrRouteEntry',
  parameters: {
    ...REGION,
    VpnGatewayId: REQUIRED,
    RouteSource: REQUIRED,
    RouteDest: REQUIRED,
    NextHop: REQUIRED,
    Weight: { type: 'integer', required: true, values: [0, 100] },
    Priority: { type: 'integer', minimum: 1, maximum: 100 },
    OverlayMode: { type: 'string', values: ['Ipsec'] },
    ClientToken: TEXT,
  },
  handle(context, input) {
    const { state } = context;
    const gateway = takeGateway(context, input.VpnGatewayId);
    const route = policyRouteOf(state, gateway, input);
    state.delete(VPN_POLICY_ROUTES, policyRouteKey(route));
    if (route.published) withdrawFromVpc(context, gateway, [route.destination], 'pbr');
    return {};
  },
});
