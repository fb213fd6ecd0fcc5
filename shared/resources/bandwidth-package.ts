/**
 * Basic edition: a bandwidth package, bound to the CEN instance. The file names it; buying one spends money that does
 * not come back, so Trunkline never does.
 */
import * as z from 'zod';
import { readBandwidthPackage } from '../alicloud/reads/cens';
import { minutes, seconds } from '../clock';
import type { Cloud } from '../engine/cloud';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { JsonObject } from '../json';
import type { BandwidthPackage } from '../plan/desired';
import { absent, present } from './observation';
import { referenced } from './references';
import { refusal } from './refusal';
import { tolerate } from './tolerate';

const stored = z.object({ CenId: z.string() });

export const bandwidthPackage: ResourceKind<BandwidthPackage> = {
  kind: 'bandwidth-package',
  clientToken: false,
  borrows: true,
  pollAfter: seconds(5),
  deadline: minutes(30),

  prepare: async ({ desired, references }) => ({
    CenId: referenced(references, desired.cen).cloudId,
    CenBandwidthPackageId: desired.packageId,
  }),

  find: ({ desired, parameters, cloud }) => observation(desired, parameters, cloud),

  observe: ({ desired, parameters, cloud }) => observation(desired, parameters, cloud),

  create: async ({ desired, parameters, cloud }) => {
    await cloud.call({ service: 'cbn', region: null, action: 'AssociateCenBandwidthPackage', parameters });
    return { cloudId: tupleOf(desired, parameters) };
  },

  differences: () => ({ kind: 'none' }),

  update: async () => undefined,

  remove: ({ parameters, cloud }) =>
    tolerate(
      'gone',
      cloud.call({ service: 'cbn', region: null, action: 'UnassociateCenBandwidthPackage', parameters }),
    ),
};

const tupleOf = ({ packageId }: BandwidthPackage, parameters: JsonObject): string =>
  `${stored.parse(parameters).CenId}/${packageId}`;

async function observation(desired: BandwidthPackage, parameters: JsonObject, cloud: Cloud): Promise<Observation> {
  const { CenId } = stored.parse(parameters);
  const found = await readBandwidthPackage(cloud, desired.packageId);
  if (!found) throw unusable('BandwidthPackageMissing', `the account has no bandwidth package ${desired.packageId}`);
  const bound = found.CenIds.CenId;
  if (bound.length === 0) return absent;
  if (!bound.includes(CenId))
    throw unusable('BandwidthPackageTaken', `${desired.packageId} is bound to ${bound.join(', ')}: unbind it there`);
  return present({
    cloudId: tupleOf(desired, parameters),
    settled: found.Status === 'InUse',
    failure: found.BusinessStatus === 'Normal' ? null : `the package is ${found.BusinessStatus}: renew it`,
    attributes: { bandwidthMbps: found.Bandwidth },
  });
}

const unusable = (code: string, message: string) => refusal('cbn', 'DescribeCenBandwidthPackages', code, message);
