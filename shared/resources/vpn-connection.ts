/**
 * An IPsec-VPN connection: two tunnels, or one on a gateway that has only one address. Every algorithm is stated,
 * because the API's defaults are weak (IKEv1, MD5, group 2). No automatic routes: an automatic policy route would beat
 * every destination route.
 *
 * It is done when its State and its gateway are active. Whether the office has answered (Status) is shown, and waited for
 * only between the changes of its two tunnels.
 */
import * as z from 'zod';
import { callFor } from '../alicloud/parse-response';
import {
  customerGatewaysOf,
  listVpnConnections,
  readVpnConnection,
  type VpnConnectionReading,
} from '../alicloud/reads/vpn-connections';
import { readVpnGateway } from '../alicloud/reads/vpn-gateways';
import { minutes, seconds } from '../clock';
import { type Cloud, cloudErrorOf } from '../engine/cloud';
import type { Observation, References, ResourceKind } from '../engine/resource-kind';
import type { JsonObject } from '../json';
import type { VpnConnection } from '../plan/desired';
import { type Secret, secretOf } from '../secret';
import { connectionChange, type Peer } from './connection-change';
import { connectionRequest, withKey } from './connection-request';
import { absent, present } from './observation';
import { referenced } from './references';
import { refusal } from './refusal';
import { tolerate } from './tolerate';
import { type KeyVersion, keyVersion, tunnelsOf } from './tunnel-parameters';
import { gatewayAttributes } from './vpn-gateway';

/**
 * What the marker keeps: the request without its key, and which version of which secret to read for it (W7). `given`: what a
 * tunnel was given since, by its role; null while that is not known.
 */
const stored = z.object({
  request: z.looseObject({ VpnGatewayId: z.string() }),
  customerGatewayId: z.string(),
  /** Null: one that was there before, and that nobody tells. */
  key: keyVersion.nullable(),
  given: z.record(z.string(), keyVersion.nullable()).default({}),
});
const created = z.object({ VpnConnectionId: z.string() });
const secretValue = z.object({ SecretData: z.string().transform(secretOf) });

export const vpnConnection: ResourceKind<VpnConnection> = {
  kind: 'vpn-connection',
  clientToken: true,
  borrows: false,
  // Seconds to a minute; the gateway's other writes wait for each of them.
  pollAfter: seconds(5),
  deadline: minutes(30),
  // A change waits for the office's administrator between one tunnel and the other.
  changeDeadline: minutes(24 * 60),

  prepare: async ({ desired, references, identity }) => {
    const gateway = referenced(references, desired.gateway);
    const customerGatewayId = referenced(references, desired.customerGateway).cloudId;
    const { dualTunnel } = gatewayAttributes.parse(gateway.attributes);
    return {
      request: connectionRequest({ desired, identity, gatewayId: gateway.cloudId, customerGatewayId, dualTunnel }),
      customerGatewayId,
      key:
        desired.presharedKey === null
          ? null
          : keyVersion.parse(referenced(references, desired.presharedKey).attributes),
    };
  },

  find: async ({ desired, parameters, identity, cloud }) => {
    const { request, customerGatewayId } = stored.parse(parameters);
    const connections = await listVpnConnections(cloud, desired.region, request.VpnGatewayId);
    // Another's to the same office stands in our place too: the gateway's one address cannot tell two peers apart.
    const found =
      connections.find(({ Name }) => Name === identity.name) ??
      connections.find((connection) => customerGatewaysOf(connection).includes(customerGatewayId));
    return observation(cloud, desired.region, { connection: found ?? null, parameters });
  },

  observe: async ({ desired, cloudId, parameters, cloud }) => {
    const connection = await readVpnConnection(cloud, desired.region, cloudId);
    return observation(cloud, desired.region, { connection, parameters });
  },

  create: async ({ desired, parameters, token, cloud }) => {
    const { region } = desired;
    const { request, key } = stored.parse(parameters);
    if (key === null) throw refusal('vpc', 'CreateVpnConnection', 'KeyKept', KEYLESS);
    const psk = await keyOf(cloud, region, key);
    const call = {
      service: 'vpc',
      region,
      action: 'CreateVpnConnection',
      parameters: { ...withKey(request as JsonObject, psk), ClientToken: token },
    } as const;
    return { cloudId: (await callFor(cloud, call, created)).VpnConnectionId };
  },

  differences: ({ desired, ownership, attributes, references }) => {
    const change = connectionChange(desired, attributes, peerOf(desired, references));
    if (!change) return { kind: 'none' };
    const { reason, action } = change;
    if (ownership !== 'ours') return { kind: 'refuse', reason };
    if (action === null) return { kind: 'await', reason };
    if (action === 'none') return { kind: 'replace', reason };
    return change.cuts ? { kind: 'update', reason, cuts: true } : { kind: 'update', reason };
  },

  update: async ({ desired, cloudId, attributes, references, token, cloud }) => {
    const peer = peerOf(desired, references);
    const change = connectionChange(desired, attributes, peer);
    if (!change || change.action === null || change.action === 'none') return;
    const { region } = desired;
    const keyless = { VpnConnectionId: cloudId, ...change.parameters, ClientToken: token };
    const parameters =
      change.rekeys !== null && peer.key ? withKey(keyless, await keyOf(cloud, region, peer.key)) : keyless;
    await cloud.call({ service: 'vpc', region, action: change.action, parameters });
  },

  unreadable: ({ desired, attributes, parameters, references }) => {
    const peer = peerOf(desired, references);
    const change = connectionChange(desired, attributes, peer);
    if (!change || change.action === null || change.action === 'none' || change.rekeys === null) return null;
    const { given } = stored.parse(parameters);
    const withGiven = (key: KeyVersion | null): JsonObject => ({
      ...parameters,
      given: { ...given, [change.rekeys ?? '']: key },
    });
    return { during: withGiven(null), after: withGiven(peer.key) };
  },

  /** The office's device cannot tell two connections from the gateway's one address apart. */
  obstacles: async ({ desired, cloudId, cloud }) => {
    const own = await readVpnConnection(cloud, desired.region, cloudId);
    if (!own) return [];
    const offices = customerGatewaysOf(own);
    const others = await listVpnConnections(cloud, desired.region, own.VpnGatewayId);
    return others
      .filter((other) => other.VpnConnectionId !== cloudId)
      .filter((other) => customerGatewaysOf(other).some((office) => offices.includes(office)))
      .map(({ VpnConnectionId }) => `${VpnConnectionId} leads from the same gateway to the same office`);
  },

  remove: ({ desired, cloudId, token, cloud }) => {
    const parameters = { VpnConnectionId: cloudId, ClientToken: token };
    return tolerate(
      'gone',
      cloud.call({ service: 'vpc', region: desired.region, action: 'DeleteVpnConnection', parameters }),
    );
  },
};

/** As far as they stand: a look for drift may come when they do not. */
function peerOf(desired: VpnConnection, references: References): Peer {
  const office = references.get(desired.customerGateway);
  const key = desired.presharedKey === null ? null : references.get(desired.presharedKey);
  const address = office?.desired?.kind === 'customer-gateway' ? office.desired.address : null;
  const version = key && key.cloudId !== null ? keyVersion.safeParse(key.attributes) : null;
  return {
    customerGateway: office?.cloudId && address !== null ? { cloudId: office.cloudId, address } : null,
    key: version?.success ? version.data : null,
  };
}

const KEYLESS =
  'its office keeps a key that nobody told Trunkline: name its secret, under presharedKey, to have it made';

/** Exactly the version that the marker names: a repeat must be the identical call. */
async function keyOf(cloud: Cloud, region: string, { secretName, versionId }: KeyVersion): Promise<Secret> {
  const parameters = { SecretName: secretName, VersionId: versionId };
  const request = { service: 'kms', region, action: 'GetSecretValue', parameters } as const;
  try {
    return (await callFor(cloud, request, secretValue)).SecretData;
  } catch (error) {
    if (cloudErrorOf(error)?.class !== 'gone') throw error;
    const message = `version ${versionId} of the secret ${secretName} is gone: apply again to use the one in force`;
    throw refusal('kms', 'GetSecretValue', 'SecretVersionMissing', message);
  }
}

async function observation(
  cloud: Cloud,
  region: string,
  { connection, parameters }: { connection: VpnConnectionReading | null; parameters: JsonObject },
): Promise<Observation> {
  if (!connection) return absent;
  const { key, given } = stored.parse(parameters);
  const gateway = await readVpnGateway(cloud, region, connection.VpnGatewayId);
  return present({
    cloudId: connection.VpnConnectionId,
    settled: connection.State === 'active' && gateway?.Status === 'active',
    attributes: {
      name: connection.Name,
      gatewayId: connection.VpnGatewayId,
      cloudSide: blocks(connection.LocalSubnet),
      officeSide: blocks(connection.RemoteSubnet),
      customerGatewayIds: customerGatewaysOf(connection),
      negotiation: connection.Status,
      tunnels: tunnelsOf(connection, (role) => (role in given ? (given[role] ?? null) : key)),
    },
  });
}

const blocks = (subnets: string): string[] => subnets.split(',').map((block) => block.trim());
