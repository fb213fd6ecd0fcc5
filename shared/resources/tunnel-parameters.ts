/** A tunnel's algorithms, as the topology says them and as the API writes them. */
import * as z from 'zod';
import type { TunnelReading, VpnConnectionReading } from '../alicloud/reads/vpn-connections';
import type { TunnelParameters } from '../topology/topology';

/** A pre-shared key, by its secret's name and version (W7). */
export const keyVersion = z.object({ secretName: z.string(), versionId: z.string() });
export type KeyVersion = z.infer<typeof keyVersion>;

/** As attributes keep a tunnel: what the cloud says, so that it can be compared and shown. */
export const tunnelAttributes = z.object({
  /** Empty on a gateway with one tunnel a connection. */
  id: z.string(),
  /** `master`, `slave`, or empty where there is one tunnel. */
  role: z.string(),
  internetIp: z.string(),
  customerGatewayId: z.string(),
  negotiation: z.string(),
  /** Joined: `ikev2 aes256 sha256 group14 / aes256 sha256 group14`. */
  algorithms: z.string(),
  /** Which one it was given, by what was recorded of that: no answer tells. Null where a change of it was cut off. */
  key: keyVersion.nullable().default(null),
});
export type TunnelAttributes = z.infer<typeof tunnelAttributes>;

/** Lifetimes as the API has them by default, stated because a default may change. */
export const ikeOf = ({ ike, encryption, authentication, dhGroup }: TunnelParameters) => ({
  IkeVersion: ike,
  IkeMode: 'main',
  IkeEncAlg: encryption,
  IkeAuthAlg: authentication,
  IkePfs: dhGroup,
  IkeLifetime: 86_400,
});

export const ipsecOf = ({ encryption, authentication, dhGroup }: TunnelParameters) => ({
  IpsecEncAlg: encryption,
  IpsecAuthAlg: authentication,
  IpsecPfs: dhGroup,
  IpsecLifetime: 86_400,
});

export const algorithmsOf = ({ ike, encryption, authentication, dhGroup }: TunnelParameters): string =>
  `${ike} ${encryption} ${authentication} ${dhGroup} / ${encryption} ${authentication} ${dhGroup}`;

/** `keyOf`: of a tunnel's role. */
export function tunnelsOf(
  connection: VpnConnectionReading,
  keyOf: (role: string) => KeyVersion | null,
): TunnelAttributes[] {
  const { TunnelOptions } = connection.TunnelOptionsSpecification;
  if (TunnelOptions.length > 0) return TunnelOptions.map((tunnel) => tunnelOf(tunnel, keyOf(tunnel.Role)));
  const { CustomerGatewayId, Status, IkeConfig, IpsecConfig } = connection;
  return [
    {
      id: '',
      role: '',
      internetIp: '',
      customerGatewayId: CustomerGatewayId,
      negotiation: Status,
      algorithms: readAlgorithms(IkeConfig, IpsecConfig),
      key: keyOf(''),
    },
  ];
}

const tunnelOf = (tunnel: TunnelReading, key: KeyVersion | null): TunnelAttributes => ({
  id: tunnel.TunnelId,
  role: tunnel.Role,
  internetIp: tunnel.InternetIp,
  customerGatewayId: tunnel.CustomerGatewayId,
  negotiation: tunnel.Status,
  algorithms: readAlgorithms(tunnel.TunnelIkeConfig, tunnel.TunnelIpsecConfig),
  key,
});

const readAlgorithms = (ike: TunnelReading['TunnelIkeConfig'], ipsec: TunnelReading['TunnelIpsecConfig']): string =>
  `${ike.IkeVersion} ${ike.IkeEncAlg} ${ike.IkeAuthAlg} ${ike.IkePfs} / ${ipsec.IpsecEncAlg} ${ipsec.IpsecAuthAlg} ${ipsec.IpsecPfs}`;
