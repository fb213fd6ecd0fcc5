import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { vpnGatewayOf } from './lookups';
import { PAGE, REGION, REQUIRED } from './parameters';
import { vpnTime } from './times';
import { destinationRoutesOf, routeState } from './vpn-routes';

/** Routes that somebody made; learned ones there are none. */
export const describeVpnRouteEntries = action({
  product: 'vpc',
  name: 'DescribeVpnRouteEntries',
  parameters: {
    ...REGION,
    ...PAGE,
    VpnGatewayId: REQUIRED,
    RouteEntryType: { type: 'string', values: ['custom', 'bgp'] },
  },
  handle(context, input) {
    const gateway = vpnGatewayOf(context, input.VpnGatewayId);
    const routes = input.RouteEntryType === 'bgp' ? [] : destinationRoutesOf(context.state, gateway.id);
    const { items, paging } = byNumber(routes, input);
    return {
      ...paging,
      VpnRouteCounts: { VpnRouteCount: [{ RouteEntryType: 'custom', RouteCount: routes.length, Source: '' }] },
      VpnRouteEntries: {
        VpnRouteEntry: items.map((route) => ({
          VpnInstanceId: gateway.id,
          RouteDest: route.destination,
          NextHop: route.connectionId,
          NextHopTunnelId: '',
          Weight: route.weight,
          State: routeState(route),
          RouteEntryType: 'custom',
          Source: '',
          AsPath: '',
          Community: '',
          CreateTime: vpnTime(route.createdAt),
        })),
      },
    };
  },
});
