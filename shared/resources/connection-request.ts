/** The request of CreateVpnConnection. A gateway takes one of two families of parameters and refuses the other. */

import type { CreateVpnConnectionRequest } from '@alicloud/vpc20160428/dist/models/CreateVpnConnectionRequest';
import * as z from 'zod';
import type { WireRequest } from '../alicloud/wire-request';
import type { CloudRequest } from '../engine/cloud';
import type { Identity } from '../engine/resource-kind';
import type { JsonObject } from '../json';
import type { VpnConnection } from '../plan/desired';
import { revealed, type Secret, secretAround } from '../secret';
import { ikeOf, ipsecOf } from './tunnel-parameters';
import { wireTagsOf } from './wire-tags';

export function connectionRequest(input: {
  desired: VpnConnection;
  identity: Identity;
  gatewayId: string;
  customerGatewayId: string;
  dualTunnel: boolean;
}): JsonObject {
  const { desired, identity, gatewayId, customerGatewayId, dualTunnel } = input;
  const common = {
    VpnGatewayId: gatewayId,
    LocalSubnet: desired.cloudSide.join(','),
    RemoteSubnet: desired.officeSide.join(','),
    Name: identity.name,
    AutoConfigRoute: false,
    // Otherwise the tunnel comes up only when somebody sends.
    EffectImmediately: true,
    Tags: wireTagsOf(identity),
  } satisfies WireRequest<CreateVpnConnectionRequest>;
  return dualTunnel
    ? { ...common, ...twoTunnels(desired, customerGatewayId) }
    : { ...common, ...oneTunnel(desired, customerGatewayId) };
}

/** The master uses the gateway's first address, the slave its second; the office has one address for both. */
const twoTunnels = ({ tunnel }: VpnConnection, customerGatewayId: string) =>
  ({
    EnableTunnelsBgp: false,
    TunnelOptionsSpecification: ['master', 'slave'].map((role) => ({
      Role: role,
      CustomerGatewayId: customerGatewayId,
      EnableDpd: true,
      EnableNatTraversal: true,
      TunnelIkeConfig: ikeOf(tunnel),
      TunnelIpsecConfig: ipsecOf(tunnel),
    })),
  }) satisfies WireRequest<CreateVpnConnectionRequest>;

const oneTunnel = ({ tunnel }: VpnConnection, customerGatewayId: string) =>
  ({
    CustomerGatewayId: customerGatewayId,
    EnableDpd: true,
    EnableNatTraversal: true,
    IkeConfig: JSON.stringify(ikeOf(tunnel)),
    IpsecConfig: JSON.stringify(ipsecOf(tunnel)),
  }) satisfies WireRequest<CreateVpnConnectionRequest>;

const keyless = z.looseObject({ TunnelIkeConfig: z.looseObject({}) });

/** The same request with the key in each tunnel's place for it; never stored. */
export function withKey(request: JsonObject, psk: Secret): CloudRequest['parameters'] {
  if (typeof request.IkeConfig === 'string') {
    const ike = z.looseObject({}).parse(JSON.parse(request.IkeConfig));
    return { ...request, IkeConfig: secretAround(JSON.stringify({ ...ike, Psk: revealed(psk) }), [psk]) };
  }
  const { TunnelOptionsSpecification: options } = request;
  const keyed = (tunnel: z.infer<typeof keyless>) => ({
    ...(tunnel as JsonObject),
    TunnelIkeConfig: { ...(tunnel.TunnelIkeConfig as JsonObject), Psk: psk },
  });
  // A list where both are made, one object where one is changed.
  return {
    ...request,
    TunnelOptionsSpecification: Array.isArray(options)
      ? z.array(keyless).parse(options).map(keyed)
      : keyed(keyless.parse(options)),
  };
}
