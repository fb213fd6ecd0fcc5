import { action } from '../rpc/action';
import { unlessDry } from './dry-run';
import { idleConnection } from './lookups';
import { REGION, REQUIRED, TEXT, VPN_NAME } from './parameters';
import { publishToVpc } from './publication';
import { quota } from './quotas';
import { VPN_ROUTE_ENTRIES, type VpnRouteEntryRecord } from './records';
import { refusal } from './refusals';
import { routeDestination } from './route-blocks';
import { takeGateway } from './take-gateway';
import { vpnTime } from './times';
import { destinationRouteKey, destinationRoutesOf, routeState } from './vpn-routes';

/** It has no id: gateway, next hop, destination and weight stand for one. */
export const createVpnRouteEntry = action({
  product: 'vpc',
  name: 'CreateVpnRouteEntry',
  parameters: {
    ...REGION,
    VpnGatewayId: REQUIRED,
    RouteDest: REQUIRED,
    NextHop: REQUIRED,
    PublishVpc: { type: 'boolean', required: true },
    Weight: { type: 'integer', required: true, values: [0, 100] },
    OverlayMode: { type: 'string', values: ['Ipsec'] },
    Description: VPN_NAME,
    ClientToken: TEXT,
    DryRun: { type: 'boolean' },
  },
  handle: (context, input) =>
    unlessDry(input, () => {
      const { state } = context;
      const gateway = takeGateway(context, input.VpnGatewayId);
      const connection = idleConnection(context, input.NextHop);
      if (connection.vpnGatewayId !== gateway.id) throw refusal('InvalidVpnConnectionInstanceId.NotFound');
      const route: VpnRouteEntryRecord = {
        vpnGatewayId: gateway.id,
        connectionId: connection.id,
        destination: routeDestination(gateway, input.RouteDest, 'dbr'),
        weight: input.Weight,
        published: input.PublishVpc,
        createdAt: context.now,
      };
      const present = destinationRoutesOf(state, gateway.id);
      const isTaken = ({ destination, weight, connectionId }: VpnRouteEntryRecord): boolean =>
        destination === route.destination &&
        weight === route.weight &&
        // Of two active ones to one destination none would know which stands.
        (weight > 0 || connectionId === route.connectionId);
      if (present.some(isTaken)) throw refusal('VpnRouteEntry.AlreadyExists');
      if (present.length >= quota(context, 'destinationRoutesPerGateway')) throw refusal('Resource.QuotaFull');
      state.put(VPN_ROUTE_ENTRIES, destinationRouteKey(route), route);
      if (route.published) publishToVpc(context, gateway, route.destination);
      return {
        VpnInstanceId: gateway.id,
        RouteDest: route.destination,
        NextHop: route.connectionId,
        Weight: route.weight,
        State: routeState(route),
        OverlayMode: 'Ipsec',
        Description: input.Description ?? '',
        CreateTime: vpnTime(route.createdAt),
      };
    }),
});
