/**
 * The policy routes that AutoConfigRoute makes: one for each pair of selectors, not published to the VPC. Where both
 * sides are open the gateway's own routes decide and none is made; nor is one for the destination 0.0.0.0/0, which no
 * policy route may have. What the service does with one open side is unverified.
 */
import type { Context } from '../world';
import { quota } from './quotas';
import { VPN_POLICY_ROUTES, type VpnConnectionRecord, type VpnPolicyRouteRecord } from './records';
import { refusal } from './refusals';
import { isRouteBased, pairsOf } from './selectors';
import { policyRouteKey, policyRoutesOf } from './vpn-routes';

const PRIORITY = 10;
const WEIGHT = 100;

/** In the place of those that were made for the connection before. */
export function remakeAutomaticRoutes(context: Context, connection: VpnConnectionRecord): void {
  const { state } = context;
  for (const route of policyRoutesOf(state, connection.vpnGatewayId))
    if (route.automatic && route.connectionId === connection.id) state.delete(VPN_POLICY_ROUTES, policyRouteKey(route));
  if (!connection.autoConfigRoute || isRouteBased(connection)) return;
  const wanted = pairsOf(connection).filter(({ destination }) => destination !== '0.0.0.0/0');
  const present = policyRoutesOf(state, connection.vpnGatewayId);
  if (present.length + wanted.length > quota(context, 'policyRoutesPerGateway'))
    throw refusal('QuotaExceeded.PolicyBasedRoute');
  for (const { source, destination } of wanted) {
    const route: VpnPolicyRouteRecord = {
      vpnGatewayId: connection.vpnGatewayId,
      connectionId: connection.id,
      source,
      destination,
      weight: WEIGHT,
      priority: PRIORITY,
      automatic: true,
      published: false,
      createdAt: context.now,
    };
    state.put(VPN_POLICY_ROUTES, policyRouteKey(route), route);
  }
}
