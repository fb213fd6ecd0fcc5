import { action } from '../rpc/action';
import { REGION, REQUIRED, TEXT } from './parameters';
import { withdrawFromVpc } from './publication';
import { VPN_POLICY_ROUTES } from './records';
import { refusal } from './refusals';
import { routeDestination, routeSource } from './route-blocks';
import { takeGateway } from './take-gateway';
import { policyRouteKey, policyRoutesOf } from './vpn-routes';

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
    const source = routeSource(input.RouteSource);
    const destination = routeDestination(gateway, input.RouteDest, 'pbr');
    const route = policyRoutesOf(state, gateway.id).find(
      (each) =>
        each.source === source &&
        each.destination === destination &&
        each.connectionId === input.NextHop &&
        each.weight === input.Weight &&
        each.priority === (input.Priority ?? each.priority),
    );
    if (!route) throw refusal('InvalidRouteEntry.NotFound');
    state.delete(VPN_POLICY_ROUTES, policyRouteKey(route));
    if (route.published) withdrawFromVpc(context, gateway, [destination], 'pbr');
    return {};
  },
});
