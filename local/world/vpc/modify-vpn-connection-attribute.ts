import type { JsonObject } from '../../../shared/json';
import { action, type InputOf, type RpcContext } from '../rpc/action';
import { remakeAutomaticRoutes } from './automatic-routes';
import { changedTunnel, connectionView } from './connection-view';
import { connectionOf, idleConnection } from './lookups';
import { isPlain } from './names';
import { FLAG, REGION, REQUIRED, TEXT } from './parameters';
import { VPN_CONNECTIONS, type VpnConnectionRecord, type VpnGatewayRecord } from './records';
import { refusal } from './refusals';
import { subnetsOf } from './selectors';
import { settleAfter } from './settle';
import { takeGateway } from './take-gateway';
import { changeTunnel, isDual, SINGLE_TUNNEL, singleAsTunnel, TUNNEL_FIELDS, wantFamily } from './tunnel-options';

const PARAMETERS = {
  ...REGION,
  ...SINGLE_TUNNEL,
  VpnConnectionId: REQUIRED,
  LocalSubnet: TEXT,
  RemoteSubnet: TEXT,
  Name: TEXT,
  AutoConfigRoute: FLAG,
  EffectImmediately: FLAG,
  EnableTunnelsBgp: FLAG,
  TunnelOptionsSpecification: {
    type: 'list',
    items: {
      type: 'object',
      fields: { ...TUNNEL_FIELDS, TunnelId: TEXT, Role: { type: 'string', values: ['master', 'slave'] } },
    },
    maximum: 2,
  },
  ClientToken: TEXT,
} as const;
type Input = InputOf<typeof PARAMETERS>;

/** Neither the gateway nor the customer gateway of a single tunnel can be changed. */
export const modifyVpnConnectionAttribute = action({
  product: 'vpc',
  name: 'ModifyVpnConnectionAttribute',
  parameters: PARAMETERS,
  handle(context, input) {
    const { vpnGatewayId } = connectionOf(context, input.VpnConnectionId);
    const gateway = takeGateway(context, vpnGatewayId);
    // The gateway is idle again before the connection is.
    const before = idleConnection(context, input.VpnConnectionId);
    wantFamily(gateway, input);
    if (!isPlain(input.Name)) throw refusal('InvalidName');
    const { LocalSubnet, RemoteSubnet } = input;
    const connection: VpnConnectionRecord = {
      ...before,
      name: input.Name ?? before.name,
      localSubnet: LocalSubnet === undefined ? before.localSubnet : subnetsOf(context, LocalSubnet, 'LocalSubnet'),
      remoteSubnet: RemoteSubnet === undefined ? before.remoteSubnet : subnetsOf(context, RemoteSubnet, 'RemoteSubnet'),
      effectImmediately: input.EffectImmediately ?? before.effectImmediately,
      autoConfigRoute: input.AutoConfigRoute ?? before.autoConfigRoute,
      tunnels: isDual(gateway)
        ? changedTunnels(context, before, input)
        : before.tunnels.map((tunnel) => changeTunnel(context, tunnel, singleAsTunnel(input))),
      state: 'updating',
    };
    context.state.put(VPN_CONNECTIONS, connection.id, connection);
    remakeAutomaticRoutes(context, gateway, connection);
    settleAfter(context, 'connectionUpdate', {
      collection: VPN_CONNECTIONS,
      key: connection.id,
      from: 'updating',
      to: 'active',
    });
    return view(context, connection, gateway);
  },
});

/** Each is named by its id or its role; those that are not named are negotiated anew all the same. */
function changedTunnels(context: RpcContext, before: VpnConnectionRecord, input: Input) {
  const changes = input.TunnelOptionsSpecification ?? [];
  for (const { TunnelId } of changes)
    if (TunnelId !== undefined && !before.tunnels.some(({ id }) => id === TunnelId))
      throw refusal('InvalidTunnelId.NotFound');
  if (changes.some(({ TunnelId, Role }) => TunnelId === undefined && Role === undefined))
    throw refusal('IllegalParam.TunnelOptionsSpecification');
  return before.tunnels.map((tunnel) => {
    const change = changes.find(
      ({ TunnelId, Role }) => (TunnelId ?? tunnel.id) === tunnel.id && (Role ?? tunnel.role) === tunnel.role,
    );
    return changeTunnel(context, tunnel, change ?? {});
  });
}

/** Fewer fields than a description, and its tunnels' values as numbers and booleans. */
function view(context: RpcContext, connection: VpnConnectionRecord, gateway: VpnGatewayRecord): JsonObject {
  const described = connectionView(context, connection);
  return {
    ...Object.fromEntries(ANSWERED.map((field) => [field, described[field] ?? ''])),
    Description: '',
    TunnelOptionsSpecification: {
      TunnelOptions: isDual(gateway)
        ? connection.tunnels.map((tunnel) => changedTunnel(context.state, tunnel, gateway))
        : [],
    },
  };
}

const ANSWERED = [
  'VpnConnectionId',
  'VpnGatewayId',
  'CustomerGatewayId',
  'Name',
  'CreateTime',
  'LocalSubnet',
  'RemoteSubnet',
  'EffectImmediately',
  'EnableDpd',
  'EnableNatTraversal',
  'EnableTunnelsBgp',
  'IkeConfig',
  'IpsecConfig',
  'VcoHealthCheck',
  'VpnBgpConfig',
  'ResourceGroupId',
] as const;
