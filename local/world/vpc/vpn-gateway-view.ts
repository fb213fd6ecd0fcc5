/** What the answers say of a VPN gateway. */
import type { JsonObject } from '../../../shared/json';
import type { VpnGatewayRecord } from './records';
import { tagList } from './tags';
import { vpnTime } from './times';

/** What the service answers where nothing ends: 2100-01-01. */
const NEVER = 4_102_416_000_000;

/** System flags, as JSON in a text: the service's own way of saying what the gateway can do. */
const FLAGS = JSON.stringify({
  VpnEnableBgp: 'true',
  PbrPriority: 'true',
  VpnNewImage: 'true',
  VpnVersion: 'v1.2.1',
});

export const gatewayView = (gateway: VpnGatewayRecord): JsonObject => ({
  VpnGatewayId: gateway.id,
  VpcId: gateway.vpcId,
  VSwitchId: gateway.vSwitchIds[0],
  DisasterRecoveryVSwitchId: gateway.vSwitchIds[1] ?? '',
  InternetIp: gateway.internetIp,
  // Only on a gateway with two tunnels a connection: the sign by which clients know one.
  DisasterRecoveryInternetIp: gateway.disasterRecoveryInternetIp ?? '',
  SslVpnInternetIp: '',
  CreateTime: vpnTime(gateway.createdAt),
  EndTime: vpnTime(gateway.expiresAt ?? NEVER),
  Spec: `${gateway.bandwidthMbps}M`,
  Name: gateway.name,
  Description: gateway.description,
  Status: gateway.status,
  BusinessStatus: gateway.businessStatus,
  // The API reference says POSTPAY; what tools know on an account since 2018, and Terraform plans by, is this.
  ChargeType: gateway.chargeType === 'PREPAY' ? 'Prepay' : 'PostpayByFlow',
  IpsecVpn: 'enable',
  SslVpn: 'disable',
  SslMaxConnections: 0,
  Tag: FLAGS,
  EnableBgp: true,
  AutoPropagate: gateway.autoPropagate,
  VpnType: 'Normal',
  NetworkType: gateway.networkType,
  ResourceGroupId: gateway.resourceGroupId ?? '',
  EniInstanceIds: { EniInstanceId: gateway.interfaces.map(({ id }) => id) },
  Tags: { Tag: tagList(gateway.tags) },
});
