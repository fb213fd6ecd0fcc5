import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { vpnGatewayOf } from './lookups';
import { PAGE, REGION, REQUIRED } from './parameters';
import { vpnTime } from './times';
import { policyRoutesOf, routeState } from './vpn-routes';

export const describeVpnPbrRouteEntries = action({
  product: 'vpc',
  name: 'DescribeVpnPbrRouteEntries',
  parameters: { ...REGION, ...PAGE, VpnGatewayId: REQUIRED },
  handle(context, input) {
    const gateway = vpnGatewayOf(context, input.VpnGatewayId);
    const { items, paging } = byNumber(policyRoutesOf(context.state, gateway.id), input);
    return {
      ...paging,
      VpnPbrRouteEntries: {
        VpnPbrRouteEntry: items.map((route) => ({
          VpnInstanceId: gateway.id,
          RouteSource: route.source,
          RouteDest: route.destination,
          NextHop: route.connectionId,
          NextHopTunnelId: '',
          Weight: route.weight,
          Priority: route.priority,
          State: routeState(route),
          CreateTime: vpnTime(route.createdAt),
        })),
      },
    };
  },
});
