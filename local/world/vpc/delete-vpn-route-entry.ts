import { action } from '../rpc/action';
import { REGION, REQUIRED, TEXT } from './parameters';
import { withdrawFromVpc } from './publication';
import { VPN_ROUTE_ENTRIES, type VpnRouteEntryRecord } from './records';
import { refusal } from './refusals';
import { routeDestination } from './route-blocks';
import { takeGateway } from './take-gateway';
import { destinationRouteKey } from './vpn-routes';

/** The weight must be the route's. It is withdrawn from the VPC with it. */
export const deleteVpnRouteEntry = action({
  product: 'vpc',
  name: 'DeleteVpnRouteEntry',
  parameters: {
    ...REGION,
    VpnGatewayId: REQUIRED,
    RouteDest: REQUIRED,
    NextHop: REQUIRED,
    Weight: { type: 'integer', required: true, values: [0, 100] },
    OverlayMode: { type: 'string', values: ['Ipsec'] },
    ClientToken: TEXT,
  },
  handle(context, input) {
    const gateway = takeGateway(context, input.VpnGatewayId);
    const destination = routeDestination(gateway, input.RouteDest, 'dbr');
    const key = destinationRouteKey({
      vpnGatewayId: gateway.id,
      connectionId: input.NextHop,
      destination,
      weight: input.Weight,
    });
    const route = context.state.get<VpnRouteEntryRecord>(VPN_ROUTE_ENTRIES, key);
    if (!route) throw refusal('InvalidRouteEntry.NotFound');
    context.state.delete(VPN_ROUTE_ENTRIES, key);
    if (route.published) withdrawFromVpc(context, gateway, [destination], 'dbr');
    return {};
  },
});
