import type { JsonObject } from '../../../shared/json';
import { action } from '../rpc/action';
import { tunnelAddress } from './connection-view';
import { connectionOf } from './lookups';
import { REGION, REQUIRED } from './parameters';
import {
  CUSTOMER_GATEWAYS,
  type CustomerGatewayRecord,
  type TunnelRecord,
  VPN_GATEWAYS,
  type VpnGatewayRecord,
} from './records';

/**
 * What the office's device needs, seen from the office: its own side is the local one, so that subnets and identifiers
 * have changed places. The pre-shared keys are in it.
 */
export const downloadVpnConnectionConfig = action({
  product: 'vpc',
  name: 'DownloadVpnConnectionConfig',
  parameters: { ...REGION, VpnConnectionId: REQUIRED },
  handle(context, { VpnConnectionId }) {
    const { state } = context;
    const connection = connectionOf(context, VpnConnectionId);
    const gateway = state.get<VpnGatewayRecord>(VPN_GATEWAYS, connection.vpnGatewayId);
    const ends = connection.tunnels.map((tunnel) => ({
      tunnel,
      office: state.get<CustomerGatewayRecord>(CUSTOMER_GATEWAYS, tunnel.customerGatewayId)?.ipAddress ?? '',
      cloud: tunnelAddress(tunnel, gateway),
    }));
    const [first] = ends;
    const single = ends.length === 1 ? first : undefined;
    return {
      VpnConnectionConfig: {
        LocalSubnet: connection.remoteSubnet,
        RemoteSubnet: connection.localSubnet,
        Local: single?.office ?? '',
        Remote: single?.cloud ?? '',
        IkeConfig: single ? ikeOfOffice(single.tunnel) : {},
        IpsecConfig: single ? ipsecOf(single.tunnel) : {},
        BgpConfigs: { BgpConfig: [] },
        TunnelsConfig: {
          TunnelConfig: single
            ? []
            : ends.map(({ tunnel, office, cloud }) => ({
                TunnelId: tunnel.id,
                Local: office,
                Remote: cloud,
                IkeConfig: ikeOfOffice(tunnel),
                IpsecConfig: ipsecOf(tunnel),
              })),
        },
      },
    };
  },
});

const ikeOfOffice = ({ ike }: TunnelRecord): JsonObject => ({
  ...ike,
  IkeLifetime: Number(ike.IkeLifetime),
  LocalId: ike.RemoteId,
  RemoteId: ike.LocalId,
});

const ipsecOf = ({ ipsec }: TunnelRecord): JsonObject => ({ ...ipsec, IpsecLifetime: Number(ipsec.IpsecLifetime) });
