/**
 * The cloud's note of an office's public address: one per address and region, shared by whoever needs it. It has no
 * states; what is there is settled.
 */
import type { CreateCustomerGatewayRequest } from '@alicloud/vpc20160428/dist/models/CreateCustomerGatewayRequest';
import { type CustomerGatewayReading, listCustomerGateways } from '../alicloud/reads/customer-gateways';
import { listVpnConnections } from '../alicloud/reads/vpn-connections';
import type { WireRequest } from '../alicloud/wire-request';
import { minutes, seconds } from '../clock';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { CustomerGateway } from '../plan/desired';
import { createWithToken } from './create-with-token';
import { absent, present } from './observation';
import { tolerate } from './tolerate';
import { wireTagsOf } from './wire-tags';

export const customerGateway: ResourceKind<CustomerGateway> = {
  kind: 'customer-gateway',
  clientToken: true,
  borrows: true,
  pollAfter: seconds(2),
  deadline: minutes(30),

  prepare: async ({ desired, identity }) =>
    ({
      IpAddress: desired.address,
      Name: identity.name,
      Tags: wireTagsOf(identity),
    }) satisfies WireRequest<CreateCustomerGatewayRequest>,

  find: async ({ desired, cloud }) => {
    const gateways = await listCustomerGateways(cloud, desired.region);
    return observation(gateways.find(({ IpAddress }) => IpAddress === desired.address));
  },

  observe: async ({ desired, cloudId, cloud }) => {
    const gateways = await listCustomerGateways(cloud, desired.region, cloudId);
    return observation(gateways.find(({ CustomerGatewayId }) => CustomerGatewayId === cloudId));
  },

  create: async ({ desired, parameters, token, cloud }) => {
    const request = { service: 'vpc', region: desired.region, action: 'CreateCustomerGateway', parameters } as const;
    return createWithToken(cloud, request, token, 'CustomerGatewayId');
  },

  differences: ({ desired, attributes }) =>
    attributes.address === desired.address
      ? { kind: 'none' }
      : { kind: 'replace', reason: `it is for ${String(attributes.address)}, and its address cannot be changed` },

  update: async () => undefined,

  /** Another network's tunnels, or somebody's own, may lead to the same office. */
  usedBy: async ({ desired, cloudId, cloud }) => {
    const connections = await listVpnConnections(cloud, desired.region, null);
    const user = connections.find(
      ({ CustomerGatewayId, TunnelOptionsSpecification }) =>
        CustomerGatewayId === cloudId ||
        TunnelOptionsSpecification.TunnelOptions.some((tunnel) => tunnel.CustomerGatewayId === cloudId),
    );
    return user?.VpnConnectionId ?? null;
  },

  remove: ({ desired, cloudId, token, cloud }) => {
    const parameters = { CustomerGatewayId: cloudId, ClientToken: token };
    return tolerate(
      'gone',
      cloud.call({ service: 'vpc', region: desired.region, action: 'DeleteCustomerGateway', parameters }),
    );
  },
};

function observation(gateway: CustomerGatewayReading | undefined): Observation {
  if (!gateway) return absent;
  const { CustomerGatewayId, Name, IpAddress } = gateway;
  return present({ cloudId: CustomerGatewayId, settled: true, attributes: { name: Name, address: IpAddress } });
}
