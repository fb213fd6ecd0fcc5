/** A gateway's own routes: by destination, and by policy, which goes first. */
import type { State } from '../state';
import {
  VPN_POLICY_ROUTES,
  VPN_ROUTE_ENTRIES,
  type VpnGatewayRecord,
  type VpnPolicyRouteRecord,
  type VpnRouteEntryRecord,
} from './records';
import { refusal } from './refusals';
import { routeDestination, routeSource } from './route-blocks';

type DestinationKey = Pick<VpnRouteEntryRecord, 'vpnGatewayId' | 'connectionId' | 'destination' | 'weight'>;
type PolicyKey = Pick<VpnPolicyRouteRecord, 'vpnGatewayId' | 'connectionId' | 'source' | 'destination' | 'priority'>;

export const destinationRouteKey = ({ vpnGatewayId, connectionId, destination, weight }: DestinationKey): string =>
  `${vpnGatewayId}/${connectionId}/${destination}/${weight}`;

export const policyRouteKey = ({ vpnGatewayId, connectionId, source, destination, priority }: PolicyKey): string =>
  `${vpnGatewayId}/${connectionId}/${source}/${destination}/${priority}`;

export const destinationRoutesOf = (state: State, gatewayId: string): VpnRouteEntryRecord[] =>
  state.values<VpnRouteEntryRecord>(VPN_ROUTE_ENTRIES).filter(({ vpnGatewayId }) => vpnGatewayId === gatewayId);

export const policyRoutesOf = (state: State, gatewayId: string): VpnPolicyRouteRecord[] =>
  state.values<VpnPolicyRouteRecord>(VPN_POLICY_ROUTES).filter(({ vpnGatewayId }) => vpnGatewayId === gatewayId);

interface NamedPolicyRoute {
  RouteSource: string;
  RouteDest: string;
  NextHop: string;
  Weight: number;
  Priority?: number;
}

/** The policy route that a request names: where it gives no priority, whatever the route has. */
export function policyRouteOf(state: State, gateway: VpnGatewayRecord, named: NamedPolicyRoute): VpnPolicyRouteRecord {
  const source = routeSource(named.RouteSource);
  const destination = routeDestination(gateway, named.RouteDest, 'pbr');
  const route = policyRoutesOf(state, gateway.id).find(
    (each) =>
      each.source === source &&
      each.destination === destination &&
      each.connectionId === named.NextHop &&
      each.weight === named.Weight &&
      each.priority === (named.Priority ?? each.priority),
  );
  if (!route) throw refusal('InvalidRouteEntry.NotFound');
  return route;
}

/** As the answers call it: in the VPC's system table or not. */
export const routeState = ({ published }: { published: boolean }): 'published' | 'normal' =>
  published ? 'published' : 'normal';
