/**
 * A destination route on a gateway, published to the VPC's system table. It has no id: gateway, next hop and
 * destination stand for one. Done is what the VPC's table shows, not the flag.
 */
import type { CreateVpnRouteEntryRequest } from '@alicloud/vpc20160428/dist/models/CreateVpnRouteEntryRequest';
import type { DeleteVpnRouteEntryRequest } from '@alicloud/vpc20160428/dist/models/DeleteVpnRouteEntryRequest';
import type { PublishVpnRouteEntryRequest } from '@alicloud/vpc20160428/dist/models/PublishVpnRouteEntryRequest';
import * as z from 'zod';
import { entryIsThere, leadsTo, listRouteEntries } from '../alicloud/reads/route-tables';
import { readVpnGateway } from '../alicloud/reads/vpn-gateways';
import { listDestinationRoutes } from '../alicloud/reads/vpn-routes';
import type { WireRequest } from '../alicloud/wire-request';
import { minutes, seconds } from '../clock';
import type { Cloud } from '../engine/cloud';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { JsonObject } from '../json';
import type { VpnRoute } from '../plan/desired';
import { absent, present } from './observation';
import { referenced } from './references';
import { requiredSystemTable } from './system-table';
import { tolerate } from './tolerate';
import { gatewayAttributes } from './vpn-gateway';

/** The only weight that a gateway with two tunnels a connection heeds. */
const WEIGHT = 100;

const stored = z.object({ gatewayId: z.string(), connectionId: z.string(), systemTableId: z.string() });

export const vpnRoute: ResourceKind<VpnRoute> = {
  kind: 'vpn-route',
  clientToken: true,
  borrows: true,
  pollAfter: seconds(5),
  deadline: minutes(30),

  prepare: async ({ desired, references, cloud }) => {
    const gateway = referenced(references, desired.gateway);
    const { vpcId } = gatewayAttributes.parse(gateway.attributes);
    return {
      gatewayId: gateway.cloudId,
      connectionId: referenced(references, desired.connection).cloudId,
      systemTableId: await requiredSystemTable(cloud, desired.region, vpcId),
    };
  },

  find: ({ desired, parameters, cloud }) => observation(desired, parameters, cloud),

  observe: ({ desired, parameters, cloud }) => observation(desired, parameters, cloud),

  create: async ({ desired, parameters, token, cloud }) => {
    const { gatewayId, connectionId } = stored.parse(parameters);
    const request: WireRequest<CreateVpnRouteEntryRequest> = {
      VpnGatewayId: gatewayId,
      RouteDest: desired.destination,
      NextHop: connectionId,
      PublishVpc: true,
      Weight: WEIGHT,
      ClientToken: token,
    };
    await cloud.call({ service: 'vpc', region: desired.region, action: 'CreateVpnRouteEntry', parameters: request });
    return { cloudId: tupleOf(desired, parameters) };
  },

  differences: ({ ownership, attributes }) => {
    if (attributes.published === true) return { kind: 'none' };
    return ownership === 'ours'
      ? { kind: 'update', reason: 'publishes it to the VPC' }
      : {
          kind: 'refuse',
          reason: 'the route was there before and is not published to the VPC: publish it or remove it',
        };
  },

  update: async ({ desired, parameters, token, cloud }) => {
    const { gatewayId, connectionId } = stored.parse(parameters);
    const request: WireRequest<PublishVpnRouteEntryRequest> = {
      VpnGatewayId: gatewayId,
      RouteDest: desired.destination,
      NextHop: connectionId,
      RouteType: 'dbr',
      PublishVpc: true,
      ClientToken: token,
    };
    await cloud.call({ service: 'vpc', region: desired.region, action: 'PublishVpnRouteEntry', parameters: request });
  },

  /** Withdraws it from the VPC too, and with that from CEN. */
  remove: ({ desired, parameters, token, cloud }) => {
    const { gatewayId, connectionId } = stored.parse(parameters);
    const request: WireRequest<DeleteVpnRouteEntryRequest> = {
      VpnGatewayId: gatewayId,
      RouteDest: desired.destination,
      NextHop: connectionId,
      Weight: WEIGHT,
      ClientToken: token,
    };
    const call = {
      service: 'vpc',
      region: desired.region,
      action: 'DeleteVpnRouteEntry',
      parameters: request,
    } as const;
    return tolerate('gone', cloud.call(call));
  },
};

function tupleOf({ destination }: VpnRoute, parameters: JsonObject): string {
  const { gatewayId, connectionId } = stored.parse(parameters);
  return `${gatewayId}/${connectionId}/${destination}`;
}

async function observation(desired: VpnRoute, parameters: JsonObject, cloud: Cloud): Promise<Observation> {
  const { gatewayId, connectionId, systemTableId } = stored.parse(parameters);
  const { region, destination } = desired;
  const routes = await listDestinationRoutes(cloud, region, gatewayId);
  const route = routes.find(({ RouteDest, NextHop }) => RouteDest === destination && NextHop === connectionId);
  if (!route) return absent;
  const [gateway, entries] = await Promise.all([
    readVpnGateway(cloud, region, gatewayId),
    listRouteEntries(cloud, region, { RouteTableId: systemTableId, DestinationCidrBlock: destination }),
  ]);
  const idle = gateway?.Status === 'active';
  const published = route.State === 'published';
  const entry = entries.find(({ DestinationCidrBlock }) => DestinationCidrBlock === destination);
  const elsewhere = entry && !leadsTo(entry, gatewayId) ? entry.NextHops.NextHop[0]?.NextHopId : undefined;
  return present({
    cloudId: tupleOf(desired, parameters),
    settled: idle && (!published || (entry !== undefined && entryIsThere(entry))),
    failure:
      elsewhere === undefined ? null : `the VPC's system table sends ${destination} to ${elsewhere}: remove that entry`,
    attributes: { published, systemTableId },
  });
}
