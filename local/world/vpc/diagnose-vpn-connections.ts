import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { type NegotiationStatus, statusOf } from './negotiation';
import { PAGE, REGION, TEXT } from './parameters';
import { VPN_CONNECTIONS, type VpnConnectionRecord } from './records';

const IDS = { type: 'list', items: TEXT, maximum: 50 } as const;

/**
 * Why a negotiation does not come to its end: of tunnels by their ids, of a connection with one tunnel by its own. What
 * is up has nothing to tell; that it is left out of the list is unverified.
 */
export const diagnoseVpnConnections = action({
  product: 'vpc',
  name: 'DiagnoseVpnConnections',
  parameters: { ...REGION, ...PAGE, VpnGatewayId: TEXT, VpnConnectionIds: IDS, TunnelIds: IDS },
  handle(context, input) {
    const { state, region, now } = context;
    const ofRegion = (connection: VpnConnectionRecord): boolean =>
      connection.region === region && (input.VpnGatewayId ?? connection.vpnGatewayId) === connection.vpnGatewayId;
    const faulty = state
      .values<VpnConnectionRecord>(VPN_CONNECTIONS)
      .filter(ofRegion)
      .flatMap((connection) =>
        connection.tunnels.map((tunnel) => ({ connection, tunnel, status: statusOf(context, connection, tunnel) })),
      )
      .filter(({ connection, tunnel }) =>
        connection.tunnels.length === 1
          ? input.VpnConnectionIds?.includes(connection.id)
          : input.TunnelIds?.includes(tunnel.id),
      )
      .filter(({ status }) => status !== 'ipsec_sa_established');
    const { items, paging } = byNumber(faulty, input);
    return {
      ...paging,
      VpnConnections: items.map(({ connection, tunnel, status }) => ({
        VpnConnectionId: connection.id,
        TunnelId: connection.tunnels.length === 1 ? '' : tunnel.id,
        ...reasonOf(status),
        FailedTime: now,
        Severity: 'Warn',
        MismatchLocalParam: '',
        MismatchRemoteParam: '',
      })),
    };
  },
});

/** An office that has not applied its side answers nothing; one whose phase 1 is there lacks the rest. */
function reasonOf(status: NegotiationStatus): { FailedReasonCode: string; FailedReason: string; SourceLog: string } {
  if (status === 'ike_sa_not_established')
    return {
      FailedReasonCode: 'NoResponse',
      FailedReason: 'The peer gateway does not respond.',
      SourceLog: 'sending retransmit 1 of request message ID 0, seq 1',
    };
  return {
    FailedReasonCode: 'Phase2NegotiationTimeout',
    FailedReason: 'Phase2 negotiation timeout',
    SourceLog: 'phase2 negotiation failed due to time up',
  };
}
