import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { connectionTags, connectionView } from './connection-view';
import { PAGE, REGION, TAGS, TEXT } from './parameters';
import { VPN_CONNECTIONS, VPN_GATEWAYS, type VpnConnectionRecord, type VpnGatewayRecord } from './records';
import { isInGroup } from './resource-group';
import { matchesTags } from './tags';

/** The list calls `Tag` what the single answer calls `Tags`. */
export const describeVpnConnections = action({
  product: 'vpc',
  name: 'DescribeVpnConnections',
  parameters: {
    ...REGION,
    ...PAGE,
    VpnConnectionId: TEXT,
    VpnGatewayId: TEXT,
    CustomerGatewayId: TEXT,
    ResourceGroupId: TEXT,
    Tag: TAGS,
  },
  handle(context, input) {
    const { state, region } = context;
    const wanted = (connection: VpnConnectionRecord): boolean =>
      connection.region === region &&
      (input.VpnConnectionId ?? connection.id) === connection.id &&
      (input.VpnGatewayId ?? connection.vpnGatewayId) === connection.vpnGatewayId &&
      (input.CustomerGatewayId === undefined ||
        connection.tunnels.some(({ customerGatewayId }) => customerGatewayId === input.CustomerGatewayId)) &&
      isInGroup(state.get<VpnGatewayRecord>(VPN_GATEWAYS, connection.vpnGatewayId), input.ResourceGroupId) &&
      matchesTags(connection.tags, input.Tag);
    const { items, paging } = byNumber(state.values<VpnConnectionRecord>(VPN_CONNECTIONS).filter(wanted), input);
    return {
      ...paging,
      VpnConnections: {
        VpnConnection: items.map((connection) => ({
          ...connectionView(context, connection),
          Tag: connectionTags(connection),
        })),
      },
    };
  },
});
