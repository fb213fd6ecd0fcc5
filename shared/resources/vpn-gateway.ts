/**
 * A VPN gateway with two zones and two addresses. Its container is itself: after any write below it, it is `updating`
 * until the next `active`. CreateVpnGateway takes no tags, so they follow as an update; until then its name is its mark.
 */
import type { CreateVpnGatewayRequest } from '@alicloud/vpc20160428/dist/models/CreateVpnGatewayRequest';
import * as z from 'zod';
import { listVpnGateways, readVpnGateway, type VpnGatewayReading, vSwitchesOf } from '../alicloud/reads/vpn-gateways';
import { listPolicyRoutes } from '../alicloud/reads/vpn-routes';
import type { WireRequest } from '../alicloud/wire-request';
import { minutes, seconds } from '../clock';
import type { Identity, Observation, ResourceKind } from '../engine/resource-kind';
import type { VpnGateway } from '../plan/desired';
import { createWithToken } from './create-with-token';
import { absent, present } from './observation';
import { tolerate } from './tolerate';
import { wireTagsOf } from './wire-tags';

export const gatewayAttributes = z.object({
  name: z.string(),
  vpcId: z.string(),
  /** Of the first tunnel, or the only one. */
  internetIp: z.string(),
  /** Of the second tunnel; empty on a gateway with one tunnel a connection. */
  disasterRecoveryInternetIp: z.string(),
  dualTunnel: z.boolean(),
  bandwidthMbps: z.number(),
  vSwitchIds: z.array(z.string()),
  /** Learns and spreads BGP routes; route synchronisation from a transit router is refused while it is on. */
  autoPropagate: z.boolean(),
  tags: z.record(z.string(), z.string()),
});
type Attributes = z.infer<typeof gatewayAttributes>;

export const vpnGateway: ResourceKind<VpnGateway> = {
  kind: 'vpn-gateway',
  clientToken: true,
  borrows: false,
  // Made in 1 to 5 minutes, by the service's own account; Terraform allows 15.
  pollAfter: seconds(20),
  deadline: minutes(45),

  prepare: async ({ desired, identity }) =>
    ({
      VpcId: desired.vpcId,
      VSwitchId: desired.vSwitchIds[0],
      DisasterRecoveryVSwitchId: desired.vSwitchIds[1],
      Bandwidth: desired.bandwidthMbps,
      EnableIpsec: true,
      EnableSsl: false,
      NetworkType: 'public',
      InstanceChargeType: 'POSTPAY',
      // Without it an order is left unpaid, and the gateway never appears.
      AutoPay: true,
      Name: identity.name,
    }) satisfies WireRequest<CreateVpnGatewayRequest>,

  find: async ({ desired, identity, cloud }) => {
    const gateways = await listVpnGateways(cloud, desired.region, desired.vpcId);
    return observation(gateways.find(({ Name }) => Name === identity.name) ?? null);
  },

  observe: async ({ desired, cloudId, cloud }) => observation(await readVpnGateway(cloud, desired.region, cloudId)),

  create: async ({ desired, parameters, token, cloud }) => {
    const request = { service: 'vpc', region: desired.region, action: 'CreateVpnGateway', parameters } as const;
    return createWithToken(cloud, request, token, 'VpnGatewayId');
  },

  differences: ({ desired, identity, ownership, attributes }) => {
    const seen = gatewayAttributes.parse(attributes);
    if (seen.vpcId !== desired.vpcId) return { kind: 'replace', reason: `it stands in ${seen.vpcId}` };
    if (seen.bandwidthMbps !== desired.bandwidthMbps)
      return { kind: 'replace', reason: `its bandwidth is ${seen.bandwidthMbps} Mbit/s and no API changes it` };
    if (seen.dualTunnel && !sameMembers(seen.vSwitchIds, desired.vSwitchIds))
      return { kind: 'replace', reason: `it stands in ${seen.vSwitchIds.join(' and ')}` };
    if (seen.autoPropagate)
      return ownership === 'ours'
        ? { kind: 'update', reason: 'turns off AutoPropagate, which rules out route synchronisation' }
        : { kind: 'refuse', reason: 'AutoPropagate is on, and the transit router cannot synchronise routes with it' };
    // One that was adopted has its owner's name, and stays as it is.
    const made = ownership === 'ours' && seen.name === identity.name;
    if (made && !isTagged(seen, identity)) return { kind: 'update', reason: 'tags it' };
    return { kind: 'none' };
  },

  update: async ({ desired, cloudId, attributes, identity, token, cloud }) => {
    const { region } = desired;
    const seen = gatewayAttributes.parse(attributes);
    if (seen.autoPropagate) {
      const parameters = { VpnGatewayId: cloudId, AutoPropagate: false, ClientToken: token };
      await cloud.call({ service: 'vpc', region, action: 'ModifyVpnGatewayAttribute', parameters });
      return;
    }
    const parameters = { ResourceType: 'VPNGATEWAY', ResourceId: [cloudId], Tag: wireTagsOf(identity) };
    await cloud.call({ service: 'vpc', region, action: 'TagResources', parameters });
  },

  /** We make none: an automatic or a forgotten one beats every destination route that it covers. */
  obstacles: async ({ desired, cloudId, cloud }) => {
    const routes = await listPolicyRoutes(cloud, desired.region, cloudId);
    return routes.map(
      ({ RouteSource, RouteDest, NextHop }) =>
        `a policy route sends ${RouteSource} to ${RouteDest} by ${NextHop}, before every destination route`,
    );
  },

  remove: ({ desired, cloudId, token, cloud }) => {
    const parameters = { VpnGatewayId: cloudId, ClientToken: token };
    return tolerate(
      'gone',
      cloud.call({ service: 'vpc', region: desired.region, action: 'DeleteVpnGateway', parameters }),
    );
  },
};

function observation(gateway: VpnGatewayReading | null): Observation {
  if (!gateway) return absent;
  const attributes: Attributes = {
    name: gateway.Name,
    vpcId: gateway.VpcId,
    internetIp: gateway.InternetIp,
    disasterRecoveryInternetIp: gateway.DisasterRecoveryInternetIp,
    dualTunnel: gateway.DisasterRecoveryInternetIp !== '',
    // `100`, `100M`; nothing yet while it is made.
    bandwidthMbps: Number.parseInt(gateway.Spec, 10) || 0,
    vSwitchIds: vSwitchesOf(gateway),
    autoPropagate: gateway.AutoPropagate,
    tags: gateway.Tags,
  };
  return present({
    cloudId: gateway.VpnGatewayId,
    settled: gateway.Status === 'active',
    failure: gateway.BusinessStatus === 'Normal' ? null : `the gateway is ${gateway.BusinessStatus}: settle its bill`,
    attributes,
  });
}

const isTagged = ({ tags }: Attributes, identity: Identity): boolean =>
  identity.tags.every(({ key, value }) => tags[key] === value);

const sameMembers = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((member) => other.includes(member));
