import { action } from '../rpc/action';
import { REGION, REQUIRED, TEXT } from './parameters';
import { VPN_ROUTE_ENTRIES, type VpnRouteEntryRecord } from './records';
import { refusal } from './refusals';
import { routeDestination } from './route-blocks';
import { takeGateway } from './take-gateway';
import { destinationRouteKey, destinationRoutesOf } from './vpn-routes';

/** What was published stays published. */
export const modifyVpnRouteEntryWeight = action({
  product: 'vpc',
  name: 'ModifyVpnRouteEntryWeight',
  parameters: {
    ...REGION,
    VpnGatewayId: REQUIRED,
    RouteDest: REQUIRED,
    NextHop: REQUIRED,
    Weight: { type: 'integer', required: true, values: [0, 100] },
    NewWeight: { type: 'integer', required: true, values: [0, 100] },
    OverlayMode: { type: 'string', values: ['Ipsec'] },
    ClientToken: TEXT,
  },
  handle(context, input) {
    const { state } = context;
    const gateway = takeGateway(context, input.VpnGatewayId);
    const destination = routeDestination(gateway, input.RouteDest, 'dbr');
    const identity = { vpnGatewayId: gateway.id, connectionId: input.NextHop, destination };
    const key = destinationRouteKey({ ...identity, weight: input.Weight });
    const route = state.get<VpnRouteEntryRecord>(VPN_ROUTE_ENTRIES, key);
    if (!route) throw refusal('InvalidRouteEntry.NotFound');
    state.delete(VPN_ROUTE_ENTRIES, key);
    const isTaken = ({ weight, connectionId, ...other }: VpnRouteEntryRecord): boolean =>
      other.destination === destination && weight === input.NewWeight && (weight > 0 || connectionId === input.NextHop);
    if (destinationRoutesOf(state, gateway.id).some(isTaken)) throw refusal('VpnRouteEntry.AlreadyExists');
    const changed: VpnRouteEntryRecord = { ...route, weight: input.NewWeight };
    state.put(VPN_ROUTE_ENTRIES, destinationRouteKey(changed), changed);
    return {};
  },
});
