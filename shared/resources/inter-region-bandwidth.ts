/** Basic edition: how much of the package the traffic between two regions may use. Without it they have 1 kbit/s. */
import * as z from 'zod';
import { listBandwidthLimits } from '../alicloud/reads/cens';
import { minutes, seconds } from '../clock';
import type { Cloud } from '../engine/cloud';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { JsonObject } from '../json';
import type { InterRegionBandwidth } from '../plan/desired';
import { absent, present } from './observation';
import { referenced } from './references';
import { tolerate } from './tolerate';

const stored = z.object({ CenId: z.string(), LocalRegionId: z.string(), OppositeRegionId: z.string() });
const limitAttributes = z.object({ bandwidthMbps: z.number() });

export const interRegionBandwidth: ResourceKind<InterRegionBandwidth> = {
  kind: 'inter-region-bandwidth',
  // Setting the same limit twice sets it once.
  clientToken: false,
  borrows: true,
  pollAfter: seconds(5),
  deadline: minutes(30),

  prepare: async ({ desired, references }) => ({
    CenId: referenced(references, desired.cen).cloudId,
    LocalRegionId: desired.regions[0],
    OppositeRegionId: desired.regions[1],
    BandwidthLimit: desired.bandwidthMbps,
  }),

  find: ({ parameters, cloud }) => observation(parameters, cloud),

  observe: ({ parameters, cloud }) => observation(parameters, cloud),

  create: async ({ parameters, cloud }) => {
    await setLimit(cloud, parameters);
    return { cloudId: tupleOf(parameters) };
  },

  differences: ({ desired, ownership, attributes }) => {
    const { bandwidthMbps } = limitAttributes.parse(attributes);
    if (bandwidthMbps === desired.bandwidthMbps) return { kind: 'none' };
    if (ownership === 'ours') return { kind: 'update', reason: `sets it to ${desired.bandwidthMbps} Mbit/s` };
    return bandwidthMbps > desired.bandwidthMbps
      ? { kind: 'none' }
      : { kind: 'refuse', reason: `a limit of ${bandwidthMbps} Mbit/s was there before: raise it` };
  },

  update: ({ desired, parameters, cloud }) => setLimit(cloud, { ...parameters, BandwidthLimit: desired.bandwidthMbps }),

  remove: ({ parameters, cloud }) => tolerate('gone', setLimit(cloud, { ...parameters, BandwidthLimit: 0 })),
};

async function setLimit(cloud: Cloud, parameters: JsonObject): Promise<void> {
  await cloud.call({ service: 'cbn', region: null, action: 'SetCenInterRegionBandwidthLimit', parameters });
}

const tupleOf = (parameters: JsonObject): string => {
  const { CenId, LocalRegionId, OppositeRegionId } = stored.parse(parameters);
  return `${CenId}/${LocalRegionId}/${OppositeRegionId}`;
};

async function observation(parameters: JsonObject, cloud: Cloud): Promise<Observation> {
  const { CenId, LocalRegionId, OppositeRegionId } = stored.parse(parameters);
  const limits = await listBandwidthLimits(cloud, CenId);
  // The pair has no direction: whoever set it may have named the other region first.
  const limit = limits.find((each) => {
    const ends = [each.LocalRegionId, each.OppositeRegionId];
    return ends.includes(LocalRegionId) && ends.includes(OppositeRegionId);
  });
  if (!limit || limit.BandwidthLimit === 0) return absent;
  return present({
    cloudId: tupleOf(parameters),
    settled: limit.Status === 'Active',
    attributes: { bandwidthMbps: limit.BandwidthLimit },
  });
}
