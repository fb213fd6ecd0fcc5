/** What the answers say of an IPsec connection, the pre-shared keys included. */
import type { Json, JsonObject } from '../../../shared/json';
import type { State } from '../state';
import type { Context } from '../world';
import { statusOf } from './negotiation';
import {
  type TunnelRecord,
  VPN_GATEWAYS,
  type VpnConnectionRecord,
  type VpnGatewayRecord,
  VSWITCHES,
  type VSwitchRecord,
} from './records';
import { tagList } from './tags';
import { vpnTime } from './times';

export function connectionView(context: Seen, connection: VpnConnectionRecord): JsonObject {
  const { state } = context;
  const gateway = state.get<VpnGatewayRecord>(VPN_GATEWAYS, connection.vpnGatewayId);
  const [first] = connection.tunnels;
  const single = connection.tunnels.length === 1 ? first : undefined;
  return {
    VpnConnectionId: connection.id,
    VpnGatewayId: connection.vpnGatewayId,
    Name: connection.name,
    CreateTime: vpnTime(connection.createdAt),
    LocalSubnet: connection.localSubnet,
    RemoteSubnet: connection.remoteSubnet,
    State: connection.state,
    Status:
      connection.tunnels.map((tunnel) => statusOf(context, connection, tunnel)).sort(byProgress)[0] ??
      'ike_sa_not_established',
    EffectImmediately: connection.effectImmediately,
    AttachType: 'VPNGW',
    AttachInstanceId: connection.vpnGatewayId,
    NetworkType: gateway?.networkType ?? 'public',
    Spec: `${gateway?.bandwidthMbps ?? 0}M`,
    InternetIp: gateway?.internetIp ?? '',
    TransitRouterId: '',
    TransitRouterName: '',
    CrossAccountAuthorized: false,
    // A connection is where its gateway is.
    ResourceGroupId: gateway?.resourceGroupId ?? '',
    RemoteCaCertificate: '',
    // These belong to the only tunnel; with two they stand in each tunnel.
    CustomerGatewayId: single?.customerGatewayId ?? '',
    EnableDpd: single?.enableDpd ?? false,
    EnableNatTraversal: single?.enableNatTraversal ?? false,
    IkeConfig: single ? { ...single.ike, IkeLifetime: Number(single.ike.IkeLifetime) } : {},
    IpsecConfig: single ? { ...single.ipsec, IpsecLifetime: Number(single.ipsec.IpsecLifetime) } : {},
    VcoHealthCheck: single ? { Enable: 'false', Dip: '', Sip: '', Interval: 0, Retry: 0 } : {},
    VpnBgpConfig: single ? { Status: 'false' } : {},
    EnableTunnelsBgp: false,
    TunnelOptionsSpecification: {
      TunnelOptions: single
        ? []
        : connection.tunnels.map((tunnel, index) => ({
            ...describedTunnel(state, tunnel, index, gateway),
            Status: statusOf(context, connection, tunnel),
          })),
    },
  };
}

type Seen = Pick<Context, 'now' | 'state' | 'settings'>;

/** Of two tunnels the one that has come furthest speaks for the connection. */
const STAGES = ['ipsec_sa_established', 'ike_sa_established', 'ipsec_sa_not_established', 'ike_sa_not_established'];
const byProgress = (a: string, b: string): number => STAGES.indexOf(a) - STAGES.indexOf(b);

export const connectionTags = ({ tags }: VpnConnectionRecord): JsonObject => ({ Tag: tagList(tags) });

type Gateway = VpnGatewayRecord | undefined;

export const tunnelAddress = ({ role }: TunnelRecord, gateway: Gateway): string =>
  (role === 'master' ? gateway?.internetIp : gateway?.disasterRecoveryInternetIp) ?? '';

function zoneOf(state: State, { role }: TunnelRecord, gateway: Gateway): string {
  const vSwitchId = gateway?.vSwitchIds[role === 'master' ? 0 : 1];
  return vSwitchId ? (state.get<VSwitchRecord>(VSWITCHES, vSwitchId)?.zone ?? '') : '';
}

/** As descriptions have it: every value is a text. */
const describedTunnel = (state: State, tunnel: TunnelRecord, index: number, gateway: Gateway): JsonObject => ({
  ...commonTunnel(state, tunnel, gateway),
  TunnelIndex: index + 1,
  EnableDpd: String(tunnel.enableDpd),
  EnableNatTraversal: String(tunnel.enableNatTraversal),
  TunnelIkeConfig: { ...tunnel.ike },
  TunnelIpsecConfig: { ...tunnel.ipsec },
  TunnelBgpConfig: { BgpStatus: 'false' },
});

/** As the answers to changes have it: with numbers and booleans. */
export const changedTunnel = (state: State, tunnel: TunnelRecord, gateway: Gateway): JsonObject => ({
  ...commonTunnel(state, tunnel, gateway),
  EnableDpd: tunnel.enableDpd,
  EnableNatTraversal: tunnel.enableNatTraversal,
  TunnelIkeConfig: { ...tunnel.ike, IkeLifetime: Number(tunnel.ike.IkeLifetime) },
  TunnelIpsecConfig: { ...tunnel.ipsec, IpsecLifetime: Number(tunnel.ipsec.IpsecLifetime) },
  TunnelBgpConfig: {},
});

const commonTunnel = (state: State, tunnel: TunnelRecord, gateway: Gateway): Record<string, Json> => ({
  TunnelId: tunnel.id,
  Role: tunnel.role,
  State: tunnel.state,
  CustomerGatewayId: tunnel.customerGatewayId,
  InternetIp: tunnelAddress(tunnel, gateway),
  ZoneNo: zoneOf(state, tunnel, gateway),
  RemoteCaCertificate: '',
});
