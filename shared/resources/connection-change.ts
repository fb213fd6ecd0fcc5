/**
 * The next of the changes that bring a connection to what is wanted: selectors first (both ends change them at the
 * same time anyway), then one tunnel at a time, the slave before the master, so that one of the two stays up: a master
 * that is up is left alone until the slave is up again, with what its office has been given for it.
 */
import * as z from 'zod';
import type { CloudParameter } from '../engine/cloud';
import type { JsonObject } from '../json';
import type { VpnConnection } from '../plan/desired';
import { algorithmsOf, ikeOf, ipsecOf, tunnelAttributes } from './tunnel-parameters';

const UP = 'ipsec_sa_established';

interface ConnectionChange {
  reason: string;
  action: 'ModifyVpnConnectionAttribute' | 'ModifyTunnelAttribute';
  parameters: { [name: string]: CloudParameter };
}

const connectionAttributes = z.object({
  cloudSide: z.array(z.string()),
  officeSide: z.array(z.string()),
  tunnels: z.array(tunnelAttributes),
});

/** The slave was changed, and the office does not run that yet: to change the master now would leave it without a tunnel. */
interface OfficeAwaited {
  reason: string;
  action: null;
}

export function connectionChange(
  desired: VpnConnection,
  attributes: JsonObject,
): ConnectionChange | OfficeAwaited | null {
  const seen = connectionAttributes.parse(attributes);
  const selectors = describe(desired.cloudSide, desired.officeSide);
  if (describe(seen.cloudSide, seen.officeSide) !== selectors)
    return {
      reason: `sets its selectors to ${selectors}`,
      action: 'ModifyVpnConnectionAttribute',
      parameters: {
        LocalSubnet: desired.cloudSide.join(','),
        RemoteSubnet: desired.officeSide.join(','),
        AutoConfigRoute: false,
        EffectImmediately: true,
      },
    };
  const algorithms = algorithmsOf(desired.tunnel);
  const differing = seen.tunnels.filter((tunnel) => tunnel.algorithms !== algorithms);
  const tunnel = differing.find(({ role }) => role === 'slave') ?? differing[0];
  if (!tunnel) return null;
  if (
    tunnel.role === 'master' &&
    tunnel.negotiation === UP &&
    seen.tunnels.some(({ negotiation }) => negotiation !== UP)
  )
    return {
      reason: 'the office does not run the slave tunnel as it was changed yet; the master carries on',
      action: null,
    };
  const ike = ikeOf(desired.tunnel);
  const ipsec = ipsecOf(desired.tunnel);
  if (tunnel.id === '')
    return {
      reason: `sets its algorithms to ${algorithms}`,
      action: 'ModifyVpnConnectionAttribute',
      parameters: { IkeConfig: JSON.stringify(ike), IpsecConfig: JSON.stringify(ipsec) },
    };
  return {
    reason: `sets the algorithms of the ${tunnel.role} tunnel to ${algorithms}`,
    action: 'ModifyTunnelAttribute',
    parameters: {
      TunnelId: tunnel.id,
      // One object here, where creating takes a list.
      TunnelOptionsSpecification: { TunnelIkeConfig: ike, TunnelIpsecConfig: ipsec },
    },
  };
}

const describe = (cloudSide: readonly string[], officeSide: readonly string[]): string =>
  `${[...cloudSide].sort().join(',')} <-> ${[...officeSide].sort().join(',')}`;
