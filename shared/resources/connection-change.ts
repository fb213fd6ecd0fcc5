/**
 * The next of the changes that bring a connection to what is wanted: selectors first (both ends change them at the
 * same time anyway), then one tunnel at a time, the slave before the master, so that one of the two stays up: a master
 * that is up is left alone until the slave is up again, with what its office has been given for it. That holds for another
 * key and another address of the office as well as for other algorithms.
 */
import * as z from 'zod';
import type { CloudParameter } from '../engine/cloud';
import type { JsonObject } from '../json';
import type { VpnConnection } from '../plan/desired';
import {
  algorithmsOf,
  ikeOf,
  ipsecOf,
  type KeyVersion,
  type TunnelAttributes,
  tunnelAttributes,
} from './tunnel-parameters';

const UP = 'ipsec_sa_established';

/** What a connection names of other resources, as they stand; null where that is not known. */
export interface Peer {
  customerGateway: { cloudId: string; address: string } | null;
  key: KeyVersion | null;
}

export interface ConnectionChange {
  reason: string;
  action: 'ModifyVpnConnectionAttribute' | 'ModifyTunnelAttribute';
  parameters: { [name: string]: CloudParameter };
  /** Both tunnels are down until the office's device has it, too. */
  cuts: boolean;
  /** Which tunnel is given the key that is wanted, which goes into the request where it is sent; null where none is. */
  rekeys: string | null;
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

/** The service has no call for it. */
interface Impossible {
  reason: string;
  action: 'none';
}

export function connectionChange(
  desired: VpnConnection,
  attributes: JsonObject,
  peer: Peer,
): ConnectionChange | OfficeAwaited | Impossible | null {
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
      cuts: true,
      rekeys: null,
    };
  const differing = seen.tunnels.filter((tunnel) => differences(desired, tunnel, peer).length > 0);
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
  return tunnelChange(desired, tunnel, peer);
}

type Part = 'algorithms' | 'customer gateway' | 'key';

function differences(desired: VpnConnection, tunnel: TunnelAttributes, { customerGateway, key }: Peer): Part[] {
  const parts: Part[] = [];
  if (tunnel.algorithms !== algorithmsOf(desired.tunnel)) parts.push('algorithms');
  if (customerGateway && tunnel.customerGatewayId !== customerGateway.cloudId) parts.push('customer gateway');
  if (key && !isSame(tunnel.key, key)) parts.push('key');
  return parts;
}

const isSame = (one: KeyVersion | null, other: KeyVersion): boolean =>
  one?.secretName === other.secretName && one.versionId === other.versionId;

function tunnelChange(desired: VpnConnection, tunnel: TunnelAttributes, peer: Peer): ConnectionChange | Impossible {
  const parts = differences(desired, tunnel, peer);
  const moved = parts.includes('customer gateway') ? peer.customerGateway : null;
  const rekeys = parts.includes('key') ? tunnel.role : null;
  const told = [
    ...(parts.includes('algorithms') ? [`algorithms ${algorithmsOf(desired.tunnel)}`] : []),
    ...(moved ? [`the office at ${moved.address}`] : []),
    ...(rekeys === null ? [] : [`the key ${peer.key?.secretName}`]),
  ].join(', ');
  // The office's own name for itself, where its address is another.
  const ike = { ...ikeOf(desired.tunnel), ...(moved ? { RemoteId: moved.address } : {}) };
  const ipsec = ipsecOf(desired.tunnel);
  if (tunnel.id === '') {
    if (moved)
      return { reason: `it leads to another office than ${moved.address}, and a single tunnel stays`, action: 'none' };
    return {
      reason: `gives its tunnel ${told}`,
      action: 'ModifyVpnConnectionAttribute',
      parameters: { IkeConfig: JSON.stringify(ike), IpsecConfig: JSON.stringify(ipsec) },
      cuts: true,
      rekeys,
    };
  }
  return {
    reason: `gives the ${tunnel.role} tunnel ${told}`,
    action: 'ModifyTunnelAttribute',
    parameters: {
      TunnelId: tunnel.id,
      // One object here, where creating takes a list.
      TunnelOptionsSpecification: {
        ...(moved ? { CustomerGatewayId: moved.cloudId } : {}),
        TunnelIkeConfig: ike,
        TunnelIpsecConfig: ipsec,
      },
    },
    cuts: false,
    rekeys,
  };
}

const describe = (cloudSide: readonly string[], officeSide: readonly string[]): string =>
  `${[...cloudSide].sort().join(',')} <-> ${[...officeSide].sort().join(',')}`;
