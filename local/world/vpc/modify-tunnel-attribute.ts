import { action } from '../rpc/action';
import { changedTunnel } from './connection-view';
import { connectionOf, idleConnection } from './lookups';
import { REGION, REQUIRED, TEXT } from './parameters';
import { VPN_CONNECTIONS, type VpnConnectionRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { takeGateway } from './take-gateway';
import { changeTunnel, isDual, TUNNEL_FIELDS } from './tunnel-options';

/** One tunnel of two, so that the other stays up. One object here, where creating takes a list. */
export const modifyTunnelAttribute = action({
  product: 'vpc',
  name: 'ModifyTunnelAttribute',
  parameters: {
    ...REGION,
    VpnConnectionId: REQUIRED,
    TunnelId: REQUIRED,
    TunnelOptionsSpecification: { type: 'object', fields: TUNNEL_FIELDS },
    ClientToken: TEXT,
  },
  handle(context, input) {
    const { vpnGatewayId } = connectionOf(context, input.VpnConnectionId);
    const gateway = takeGateway(context, vpnGatewayId);
    // The gateway is idle again before the connection is.
    const before = idleConnection(context, input.VpnConnectionId);
    if (!isDual(gateway)) throw refusal('OperationUnsupported.DualTunnel');
    const tunnel = before.tunnels.find(({ id }) => id === input.TunnelId);
    if (!tunnel) throw refusal('InvalidTunnelId.NotFound');
    const changed = changeTunnel(context, tunnel, input.TunnelOptionsSpecification ?? {});
    const connection: VpnConnectionRecord = {
      ...before,
      state: 'updating',
      tunnels: before.tunnels.map((each) => (each.id === changed.id ? changed : each)),
    };
    context.state.put(VPN_CONNECTIONS, connection.id, connection);
    settleAfter(context, 'connectionUpdate', {
      collection: VPN_CONNECTIONS,
      key: connection.id,
      from: 'updating',
      to: 'active',
    });
    return changedTunnel(context.state, changed, gateway);
  },
});
