/** A gateway's own routes: by destination, and by policy, which goes first. */
import type { State } from '../state';
import { VPN_POLICY_ROUTES, VPN_ROUTE_ENTRIES, type VpnPolicyRouteRecord, type VpnRouteEntryRecord } from './records';

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

/** As the answers call it: in the VPC's system table or not. */
export const routeState = ({ published }: { published: boolean }): 'published' | 'normal' =>
  published ? 'published' : 'normal';
