/** Connections without their keys: the schemas name no `Psk`, so none passes. */
import * as z from 'zod';
import type { Cloud } from '../../engine/cloud';
import { numberedPages } from '../all-pages';
import { goneAsNull } from '../gone-as-null';
import { callFor, text } from '../parse-response';

const ike = z.object({ IkeVersion: text, IkeEncAlg: text, IkeAuthAlg: text, IkePfs: text });
const ipsec = z.object({ IpsecEncAlg: text, IpsecAuthAlg: text, IpsecPfs: text });

const tunnel = z.object({
  TunnelId: text,
  Role: text,
  State: text,
  /** Of the negotiation; waits for the office. */
  Status: text,
  CustomerGatewayId: z.string(),
  InternetIp: text,
  TunnelIkeConfig: ike.prefault({}),
  TunnelIpsecConfig: ipsec.prefault({}),
});

const vpnConnection = z.object({
  VpnConnectionId: z.string(),
  VpnGatewayId: text,
  Name: text,
  /** Of a gateway with one tunnel a connection. */
  CustomerGatewayId: text,
  /** The cloud's side, comma-separated. */
  LocalSubnet: text,
  /** The office's side, comma-separated. */
  RemoteSubnet: text,
  /** Of the resource: `active`. */
  State: text,
  /** Of the negotiation. */
  Status: text,
  EffectImmediately: z.boolean().default(false),
  IkeConfig: ike.prefault({}),
  IpsecConfig: ipsec.prefault({}),
  TunnelOptionsSpecification: z.object({ TunnelOptions: z.array(tunnel).default([]) }).prefault({}),
});
export type VpnConnectionReading = z.infer<typeof vpnConnection>;
export type TunnelReading = z.infer<typeof tunnel>;

const listing = z.object({
  TotalCount: z.number(),
  VpnConnections: z.object({ VpnConnection: z.array(vpnConnection) }),
});

/** Of one gateway, or of the whole region. */
export const listVpnConnections = (
  cloud: Cloud,
  region: string,
  gatewayId: string | null,
): Promise<VpnConnectionReading[]> =>
  numberedPages(
    cloud,
    { service: 'vpc', region, action: 'DescribeVpnConnections', parameters: { VpnGatewayId: gatewayId } },
    { schema: listing, items: ({ VpnConnections }) => VpnConnections.VpnConnection, pageSize: 50 },
  );

/** Null where there is none of that id. */
export const readVpnConnection = (cloud: Cloud, region: string, id: string): Promise<VpnConnectionReading | null> =>
  goneAsNull(
    callFor(
      cloud,
      { service: 'vpc', region, action: 'DescribeVpnConnection', parameters: { VpnConnectionId: id } },
      vpnConnection,
    ),
  );

/** One of a gateway with two tunnels a connection names a customer gateway a tunnel. */
export function customerGatewaysOf(connection: VpnConnectionReading): string[] {
  const named = connection.TunnelOptionsSpecification.TunnelOptions.map((option) => option.CustomerGatewayId);
  return [...new Set([...named, connection.CustomerGatewayId])].filter((id) => id !== '');
}
