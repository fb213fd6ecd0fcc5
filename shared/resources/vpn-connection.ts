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
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { JsonObject } from '../json';
import type { VpnConnection } from '../plan/desired';
import { type Secret, secretOf } from '../secret';
import { connectionChange } from './connection-change';
import { connectionRequest, withKey } from './connection-request';
import { absent, present } from './observation';
import { keyAttributes } from './pre-shared-key';
import { referenced } from './references';
import { refusal } from './refusal';
import { tolerate } from './tolerate';
import { tunnelsOf } from './tunnel-parameters';
import { gatewayAttributes } from './vpn-gateway';

/** What the marker keeps: the request without its key, and which version of which secret to read for it (W7). */
const stored = z.object({
  request: z.looseObject({ VpnGatewayId: z.string() }),
  customerGatewayId: z.string(),
  key: keyAttributes,
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
      key: keyAttributes.parse(referenced(references, desired.presharedKey).attributes),
    };
  },

  find: async ({ desired, parameters, identity, cloud }) => {
    const { request, customerGatewayId } = stored.parse(parameters);
    const connections = await listVpnConnections(cloud, desired.region, request.VpnGatewayId);
    // Another's to the same office stands in our place too: the gateway's one address cannot tell two peers apart.
    const found =
      connections.find(({ Name }) => Name === identity.name) ??
      connections.find((connection) => customerGatewaysOf(connection).includes(customerGatewayId));
    return observation(cloud, desired.region, found ?? null);
  },

  observe: async ({ desired, cloudId, cloud }) =>
    observation(cloud, desired.region, await readVpnConnection(cloud, desired.region, cloudId)),

  create: async ({ desired, parameters, token, cloud }) => {
    const { region } = desired;
    const { request, key } = stored.parse(parameters);
    const psk = await keyOf(cloud, region, key);
    const call = {
      service: 'vpc',
      region,
      action: 'CreateVpnConnection',
      parameters: { ...withKey(request as JsonObject, psk), ClientToken: token },
    } as const;
    return { cloudId: (await callFor(cloud, call, created)).VpnConnectionId };
  },

  differences: ({ desired, ownership, attributes }) => {
    const change = connectionChange(desired, attributes);
    if (!change) return { kind: 'none' };
    if (change.action === null && ownership === 'ours') return { kind: 'await', reason: change.reason };
    return { kind: ownership === 'ours' ? 'update' : 'refuse', reason: change.reason };
  },

  update: async ({ desired, cloudId, attributes, token, cloud }) => {
    const change = connectionChange(desired, attributes);
    if (!change || change.action === null) return;
    const parameters = { VpnConnectionId: cloudId, ...change.parameters, ClientToken: token };
    await cloud.call({ service: 'vpc', region: desired.region, action: change.action, parameters });
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

/** Exactly the version that the marker names: a repeat must be the identical call. */
async function keyOf(
  cloud: Cloud,
  region: string,
  { secretName, versionId }: z.infer<typeof keyAttributes>,
): Promise<Secret> {
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
  connection: VpnConnectionReading | null,
): Promise<Observation> {
  if (!connection) return absent;
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
      tunnels: tunnelsOf(connection),
    },
  });
}

const blocks = (subnets: string): string[] => subnets.split(',').map((block) => block.trim());
