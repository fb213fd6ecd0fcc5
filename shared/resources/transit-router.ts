/** A CEN instance has at most one transit router a region: one that is there is used. */
import * as z from 'zod';
import { listTransitRouters, type TransitRouterReading } from '../alicloud/reads/transit-routers';
import { minutes, seconds } from '../clock';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { TransitRouter } from '../plan/desired';
import { createWithToken } from './create-with-token';
import { absent, present } from './observation';
import { referenced } from './references';
import { tolerate } from './tolerate';
import { wireTagsOf } from './wire-tags';

const stored = z.object({ CenId: z.string() });

export const transitRouter: ResourceKind<TransitRouter> = {
  kind: 'transit-router',
  clientToken: true,
  borrows: true,
  pollAfter: seconds(5),
  deadline: minutes(30),

  prepare: async ({ desired, references, identity }) => ({
    CenId: referenced(references, desired.cen).cloudId,
    RegionId: desired.region,
    TransitRouterName: identity.name,
    Tag: wireTagsOf(identity),
  }),

  find: async ({ desired, parameters, cloud }) => {
    const { CenId } = stored.parse(parameters);
    const routers = await listTransitRouters(cloud, { CenId, RegionId: desired.region });
    return observation(routers.find(({ RegionId }) => RegionId === desired.region));
  },

  observe: async ({ cloudId, parameters, cloud }) => {
    const { CenId } = stored.parse(parameters);
    const routers = await listTransitRouters(cloud, { CenId, TransitRouterId: cloudId });
    return observation(routers.find(({ TransitRouterId }) => TransitRouterId === cloudId));
  },

  create: async ({ parameters, token, cloud }) => {
    const request = { service: 'cbn', region: null, action: 'CreateTransitRouter', parameters } as const;
    return createWithToken(cloud, request, token, 'TransitRouterId');
  },

  differences: () => ({ kind: 'none' }),

  update: async () => undefined,

  remove: ({ cloudId, token, cloud }) => {
    const parameters = { TransitRouterId: cloudId, ClientToken: token };
    return tolerate('gone', cloud.call({ service: 'cbn', region: null, action: 'DeleteTransitRouter', parameters }));
  },
};

function observation(router: TransitRouterReading | undefined): Observation {
  if (!router) return absent;
  return present({
    cloudId: router.TransitRouterId,
    settled: router.Status === 'Active',
    failure:
      router.Type === 'Enterprise'
        ? null
        : `the transit router in ${router.RegionId} is of the basic edition: say edition: basic, or name another CEN instance`,
    attributes: { name: router.TransitRouterName, region: router.RegionId },
  });
}
