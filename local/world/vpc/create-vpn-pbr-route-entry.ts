import { action } from '../rpc/action';
import { unlessDry } from './dry-run';
import { idleConnection } from './lookups';
import { REGION, REQUIRED, TEXT, VPN_NAME } from './parameters';
import { publishToVpc } from './publication';
import { quota } from './quotas';
import { VPN_POLICY_ROUTES, type VpnPolicyRouteRecord } from './records';
import { refusal } from './refusals';
import { routeDestination, routeSource } from './route-blocks';
import { takeGateway } from './take-gateway';
import { vpnTime } from './times';
import { policyRouteKey, policyRoutesOf, routeState } from './vpn-routes';

const DEFAULT_PRIORITY = 10;

/** It goes before every destination route, the lowest priority first. */
export const createVpnPbrRouteEntry = action({
  product: 'vpc',
  name: 'CreateVpnPbrRouteEntry',
  parameters: {
    ...REGION,
    VpnGatewayId: REQUIRED,
    RouteSource: REQUIRED,
    RouteDest: REQUIRED,
    NextHop: REQUIRED,
    PublishVpc: { type: 'boolean', required: true },
    Weight: { type: 'integer', required: true, values: [0, 100] },
    Priority: { type: 'integer', minimum: 1, maximum: 100 },
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
      const route: VpnPolicyRouteRecord = {
        vpnGatewayId: gateway.id,
        connectionId: connection.id,
        source: routeSource(input.RouteSource),
        destination: routeDestination(gateway, input.RouteDest, 'pbr'),
        weight: input.Weight,
        priority: input.Priority ?? DEFAULT_PRIORITY,
        automatic: false,
        published: input.PublishVpc,
        createdAt: context.now,
      };
      const present = policyRoutesOf(state, gateway.id);
      if (present.some((other) => policyRouteKey(other) === policyRouteKey(route)))
        throw refusal('VpnRouteEntry.AlreadyExists');
      if (present.length >= quota(context, 'policyRoutesPerGateway')) throw refusal('QuotaExceeded.PolicyBasedRoute');
      state.put(VPN_POLICY_ROUTES, policyRouteKey(route), route);
      if (route.published) publishToVpc(context, gateway, route.destination);
      return {
        VpnInstanceId: gateway.id,
        RouteSource: route.source,
        RouteDest: route.destination,
        NextHop: route.connectionId,
        Weight: route.weight,
        Priority: route.priority,
        State: routeState(route),
        OverlayMode: 'Ipsec',
        Description: input.Description ?? '',
        CreateTime: vpnTime(route.createdAt),
      };
    }),
});
