/**
 * The policy routes that AutoConfigRoute makes: one for each pair of selectors, not published to the VPC. Where both
 * sides are open the gateway's own routes decide and none is made; nor is one for the destination 0.0.0.0/0, which no
 * policy route may have. What the service does with one open side is unverified.
 */
import type { Context } from '../world';
import { withdrawFromVpc } from './publication';
import { quota } from './quotas';
import {
  VPN_POLICY_ROUTES,
  type VpnConnectionRecord,
  type VpnGatewayRecord,
  type VpnPolicyRouteRecord,
} from './records';
import { refusal } from './refusals';
import { isRouteBased, pairsOf } from './selectors';
import { policyRouteKey, policyRoutesOf } from './vpn-routes';

const PRIORITY = 10;
const WEIGHT = 100;

/**
 * What the connection's selectors no longer want goes, and is withdrawn where it was published; what they still want
 * stays as it is, published or not; so does a route that somebody made for the same pair.
 */
export function remakeAutomaticRoutes(
  context: Context,
  gateway: VpnGatewayRecord,
  connection: VpnConnectionRecord,
): void {
  const { state } = context;
  const wanted = new Map(wantedRoutes(context, connection).map((route) => [policyRouteKey(route), route]));
  const gone = policyRoutesOf(state, gateway.id).filter(
    (route) => route.automatic && route.connectionId === connection.id && !wanted.has(policyRouteKey(route)),
  );
  for (const route of gone) state.delete(VPN_POLICY_ROUTES, policyRouteKey(route));
  const published = gone.filter((route) => route.published).map(({ destination }) => destination);
  withdrawFromVpc(context, gateway, published, 'pbr');
  for (const [key, route] of wanted) if (!state.get(VPN_POLICY_ROUTES, key)) state.put(VPN_POLICY_ROUTES, key, route);
  if (policyRoutesOf(state, gateway.id).length > quota(context, 'policyRoutesPerGateway'))
    throw refusal('QuotaExceeded.PolicyBasedRoute');
}

function wantedRoutes({ now }: Context, connection: VpnConnectionRecord): VpnPolicyRouteRecord[] {
  if (!connection.autoConfigRoute || isRouteBased(connection)) return [];
  return pairsOf(connection)
    .filter(({ destination }) => destination !== '0.0.0.0/0')
    .map((pair) => ({
      ...pair,
      vpnGatewayId: connection.vpnGatewayId,
      connectionId: connection.id,
      weight: WEIGHT,
      priority: PRIORITY,
      automatic: true,
      published: false,
      createdAt: now,
    }));
}
