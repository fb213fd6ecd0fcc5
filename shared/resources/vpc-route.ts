/** An entry towards the gateway in a custom table, which publication does not reach. */
import type { CreateRouteEntryRequest } from '@alicloud/vpc20160428/dist/models/CreateRouteEntryRequest';
import * as z from 'zod';
import { entryIsThere, leadsTo, listRouteEntries, type RouteEntryReading } from '../alicloud/reads/route-tables';
import type { WireRequest } from '../alicloud/wire-request';
import { minutes, seconds } from '../clock';
import type { Cloud } from '../engine/cloud';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { JsonObject } from '../json';
import type { VpcRoute } from '../plan/desired';
import { createWithToken } from './create-with-token';
import { absent, present } from './observation';
import { referenced } from './references';
import { tolerate } from './tolerate';

const stored = z.object({ NextHopId: z.string() });

export const vpcRoute: ResourceKind<VpcRoute> = {
  kind: 'vpc-route',
  clientToken: true,
  borrows: true,
  pollAfter: seconds(5),
  deadline: minutes(30),

  prepare: async ({ desired, references, identity }) =>
    ({
      RouteTableId: desired.routeTableId,
      DestinationCidrBlock: desired.destination,
      NextHopType: 'VpnGateway',
      NextHopId: referenced(references, desired.gateway).cloudId,
      RouteEntryName: identity.name,
    }) satisfies WireRequest<CreateRouteEntryRequest>,

  find: ({ desired, parameters, cloud }) => observation(desired, parameters, cloud),

  observe: ({ desired, parameters, cloud }) => observation(desired, parameters, cloud),

  create: async ({ desired, parameters, token, cloud }) => {
    const request = { service: 'vpc', region: desired.region, action: 'CreateRouteEntry', parameters } as const;
    return createWithToken(cloud, request, token, 'RouteEntryId');
  },

  differences: () => ({ kind: 'none' }),

  update: async () => undefined,

  remove: ({ desired, cloudId, cloud }) => {
    const parameters = { RouteEntryId: cloudId };
    return tolerate(
      'gone',
      cloud.call({ service: 'vpc', region: desired.region, action: 'DeleteRouteEntry', parameters }),
    );
  },
};

/** A table has one entry a destination: whoever's it is, it stands in our place. */
async function observation(
  { region, routeTableId, destination }: VpcRoute,
  parameters: JsonObject,
  cloud: Cloud,
): Promise<Observation> {
  const filter = { RouteTableId: routeTableId, DestinationCidrBlock: destination };
  const entries = await listRouteEntries(cloud, region, filter);
  const entry = entries.find(({ DestinationCidrBlock }) => DestinationCidrBlock === destination);
  if (!entry) return absent;
  const { NextHopId } = stored.parse(parameters);
  return present({
    cloudId: entry.RouteEntryId,
    settled: entryIsThere(entry),
    failure: leadsTo(entry, NextHopId)
      ? null
      : `${routeTableId} sends ${destination} to ${firstHop(entry)}: remove that entry`,
    attributes: { name: entry.RouteEntryName, nextHopId: firstHop(entry) },
  });
}

const firstHop = ({ NextHops }: RouteEntryReading): string => NextHops.NextHop[0]?.NextHopId ?? 'nowhere';
