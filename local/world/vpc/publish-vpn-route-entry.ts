import { action, type RpcContext } from '../rpc/action';
import { REGION, REQUIRED, TEXT } from './parameters';
import { publishToVpc, withdrawFromVpc } from './publication';
import { VPN_POLICY_ROUTES, VPN_ROUTE_ENTRIES, type VpnGatewayRecord } from './records';
import { refusal } from './refusals';
import { routeDestination } from './route-blocks';
import { takeGateway } from './take-gateway';
import { destinationRouteKey, destinationRoutesOf, policyRouteKey, policyRoutesOf } from './vpn-routes';

/** Publishes, or withdraws where `PublishVpc` is false. What already is so stays so. */
export const publishVpnRouteEntry = action({
  product: 'vpc',
  name: 'PublishVpnRouteEntry',
  parameters: {
    ...REGION,
    VpnGatewayId: REQUIRED,
    RouteDest: REQUIRED,
    NextHop: REQUIRED,
    RouteType: { type: 'string', required: true, values: ['pbr', 'dbr'] },
    PublishVpc: { type: 'boolean', required: true },
    ClientToken: TEXT,
  },
  // Terraform names the policy route whole.
  unread: ['RouteSource'],
  handle(context, input) {
    const gateway = takeGateway(context, input.VpnGatewayId);
    const { RouteType: kind, PublishVpc: published, NextHop } = input;
    const destination = routeDestination(gateway, input.RouteDest, kind);
    const named = { destination, connectionId: NextHop };
    const changed =
      kind === 'dbr'
        ? markDestination(context, gateway, named, published)
        : markPolicy(context, gateway, named, published);
    if (!changed) throw refusal('InvalidRouteEntry.NotFound');
    if (published) publishToVpc(context, gateway, destination);
    else withdrawFromVpc(context, gateway, [destination], kind);
    return {};
  },
});

interface Named {
  destination: string;
  connectionId: string;
}

const isNamed =
  ({ destination, connectionId }: Named) =>
  (route: Named): boolean =>
    route.destination === destination && route.connectionId === connectionId;

/** False where there is none. */
function markDestination({ state }: RpcContext, gateway: VpnGatewayRecord, named: Named, published: boolean): boolean {
  const routes = destinationRoutesOf(state, gateway.id).filter(isNamed(named));
  for (const route of routes) state.put(VPN_ROUTE_ENTRIES, destinationRouteKey(route), { ...route, published });
  return routes.length > 0;
}

/** Its sources are not named: all of them. */
function markPolicy({ state }: RpcContext, gateway: VpnGatewayRecord, named: Named, published: boolean): boolean {
  const routes = policyRoutesOf(state, gateway.id).filter(isNamed(named));
  for (const route of routes) state.put(VPN_POLICY_ROUTES, policyRouteKey(route), { ...route, published });
  return routes.length > 0;
}
