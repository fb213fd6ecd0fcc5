import { action, type RpcContext } from '../rpc/action';
import { remakeAutomaticRoutes } from './automatic-routes';
import { unlessDry } from './dry-run';
import { isPlain } from './names';
import { FLAG, REGION, REQUIRED, TAGS, TEXT } from './parameters';
import { quota } from './quotas';
import { VPN_CONNECTIONS, type VpnConnectionRecord, type VpnGatewayRecord } from './records';
import { refusal } from './refusals';
import { subnetsOf } from './selectors';
import { settleAfter } from './settle';
import { tagsOf } from './tags';
import { takeGateway } from './take-gateway';
import { vpnTime } from './times';
import { dualTunnels, isDual, SINGLE_TUNNEL, singleTunnel, TUNNEL_FIELDS, wantFamily } from './tunnel-options';

/** A gateway makes one at a time. `EffectImmediately` decides whether it negotiates before somebody sends. */
export const createVpnConnection = action({
  product: 'vpc',
  name: 'CreateVpnConnection',
  parameters: {
    ...REGION,
    ...SINGLE_TUNNEL,
    VpnGatewayId: REQUIRED,
    CustomerGatewayId: TEXT,
    LocalSubnet: REQUIRED,
    RemoteSubnet: REQUIRED,
    Name: TEXT,
    AutoConfigRoute: FLAG,
    EffectImmediately: FLAG,
    EnableTunnelsBgp: FLAG,
    TunnelOptionsSpecification: {
      type: 'list',
      items: { type: 'object', fields: { ...TUNNEL_FIELDS, Role: { type: 'string', values: ['master', 'slave'] } } },
      maximum: 2,
    },
    Tags: TAGS,
    ClientToken: TEXT,
    DryRun: FLAG,
  },
  handle: (context, input) =>
    unlessDry(input, () => {
      const gateway = takeGateway(context, input.VpnGatewayId);
      wantFamily(gateway, input);
      if (!isPlain(input.Name)) throw refusal('InvalidName');
      const connection: VpnConnectionRecord = {
        id: context.newId('vco-'),
        region: context.region,
        vpnGatewayId: gateway.id,
        name: input.Name ?? '',
        localSubnet: subnetsOf(context, input.LocalSubnet, 'LocalSubnet'),
        remoteSubnet: subnetsOf(context, input.RemoteSubnet, 'RemoteSubnet'),
        state: 'updating',
        effectImmediately: input.EffectImmediately ?? false,
        autoConfigRoute: input.AutoConfigRoute ?? true,
        tunnels: isDual(gateway)
          ? dualTunnels(context, gateway, input.TunnelOptionsSpecification)
          : [singleTunnel(context, gateway, input)],
        createdAt: context.now,
        tags: tagsOf(input.Tags),
      };
      wantRoom(context, gateway, connection);
      context.state.put(VPN_CONNECTIONS, connection.id, connection);
      remakeAutomaticRoutes(context, gateway, connection);
      settleAfter(context, 'connectionCreate', {
        collection: VPN_CONNECTIONS,
        key: connection.id,
        from: 'updating',
        to: 'active',
      });
      return {
        VpnConnectionId: connection.id,
        Name: connection.name,
        CreateTime: vpnTime(connection.createdAt),
      };
    }),
});

function wantRoom(context: RpcContext, gateway: VpnGatewayRecord, wanted: VpnConnectionRecord): void {
  const present = context.state
    .values<VpnConnectionRecord>(VPN_CONNECTIONS)
    .filter(({ vpnGatewayId }) => vpnGatewayId === gateway.id);
  const identity = identityOf(wanted);
  if (present.some((other) => identityOf(other) === identity)) throw refusal('InvalidVpnConnection.AlreadyExists');
  if (present.length >= quota(context, 'connectionsPerGateway')) throw refusal('Resource.QuotaFull');
}

/** To the same office, for the same traffic. */
const identityOf = ({ tunnels, localSubnet, remoteSubnet }: VpnConnectionRecord): string =>
  JSON.stringify([tunnels.map(({ customerGatewayId }) => customerGatewayId), localSubnet, remoteSubnet]);
