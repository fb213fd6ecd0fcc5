/**
 * The publication of one entry of a VPC's system table into CEN, in either edition: a route to a VPN gateway is not
 * told to the other networks by itself. The call has no token and does no harm when repeated.
 */
import * as z from 'zod';
import { listPublishedRoutes, type PublicationPlace } from '../alicloud/reads/published-routes';
import { minutes, seconds } from '../clock';
import type { Cloud } from '../engine/cloud';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { JsonObject } from '../json';
import type { CenRoute } from '../plan/desired';
import { absent, present } from './observation';
import { referenced } from './references';
import { requiredSystemTable } from './system-table';
import { tolerate } from './tolerate';

const stored = z.object({
  CenId: z.string(),
  ChildInstanceId: z.string(),
  ChildInstanceType: z.string(),
  ChildInstanceRegionId: z.string(),
  ChildInstanceRouteTableId: z.string(),
  DestinationCidrBlock: z.string(),
});

export const cenRoute: ResourceKind<CenRoute> = {
  kind: 'cen-route',
  clientToken: false,
  borrows: true,
  // Seconds, at most a minute by Terraform's account. A look that comes too early publishes again, so looks are few.
  pollAfter: seconds(15),
  deadline: minutes(30),

  prepare: async ({ desired, references, cloud }) => ({
    CenId: referenced(references, desired.cen).cloudId,
    ChildInstanceId: desired.vpcId,
    ChildInstanceType: 'VPC',
    ChildInstanceRegionId: desired.region,
    ChildInstanceRouteTableId: await requiredSystemTable(cloud, desired.region, desired.vpcId),
    DestinationCidrBlock: desired.destination,
  }),

  find: async ({ parameters, cloud }) => {
    const seen = await observation(parameters, cloud);
    // An entry that could be published and is not: nothing stands in our place yet.
    return seen.state === 'present' && seen.attributes.published === false ? absent : seen;
  },

  observe: ({ parameters, cloud }) => observation(parameters, cloud),

  create: async ({ parameters, cloud }) => {
    await cloud.call({ service: 'cbn', region: null, action: 'PublishRouteEntries', parameters });
    return { cloudId: tupleOf(stored.parse(parameters)) };
  },

  isEmpty: (attributes) => attributes.published !== true,

  /**
   * Published a moment ago and not yet seen, or withdrawn by somebody: publishing again serves both. What was published
   * before us was published and is withdrawn by its owner (W6).
   */
  differences: ({ ownership, attributes }) => {
    if (attributes.published === true) return { kind: 'none' };
    return ownership === 'ours'
      ? { kind: 'update', reason: 'publishes it into CEN' }
      : { kind: 'refuse', reason: 'the route was published before and was withdrawn since: publish it again' };
  },

  update: ({ parameters, cloud }) =>
    tolerate('exists', cloud.call({ service: 'cbn', region: null, action: 'PublishRouteEntries', parameters })),

  remove: ({ parameters, cloud }) =>
    tolerate('gone', cloud.call({ service: 'cbn', region: null, action: 'WithdrawPublishedRouteEntries', parameters })),
};

async function observation(parameters: JsonObject, cloud: Cloud): Promise<Observation> {
  const place = stored.parse(parameters);
  const routes = await listPublishedRoutes(cloud, place);
  const route = routes.find(({ DestinationCidrBlock }) => DestinationCidrBlock === place.DestinationCidrBlock);
  if (!route) return absent;
  return present({
    cloudId: tupleOf(place),
    settled: true,
    attributes: {
      published: route.PublishStatus === 'Published',
      /** Where another network's table did not take it; the proof says what that breaks. */
      conflicts: route.Conflicts.Conflict.map(
        ({ RegionId, InstanceId, Status }) => `${RegionId} ${InstanceId} ${Status}`,
      ),
    },
  });
}

const tupleOf = ({ CenId, ChildInstanceId, DestinationCidrBlock }: PublicationPlace): string =>
  `${CenId}/${ChildInstanceId}/${DestinationCidrBlock}`;
