/** CEN instances and the basic edition's parts: attached VPCs, bandwidth packages, limits between regions. */
import * as z from 'zod';
import type { Cloud, CloudParameter, CloudRequest } from '../../engine/cloud';
import { numberedPages } from '../all-pages';
import { integer, text } from '../parse-response';

const ask = (action: string, parameters: { [name: string]: CloudParameter }): CloudRequest => ({
  service: 'cbn',
  region: null,
  action,
  parameters,
});

const cen = z.object({ CenId: z.string(), Name: text, Status: z.string() });
export type CenReading = z.infer<typeof cen>;
const cenListing = z.object({ TotalCount: z.number(), Cens: z.object({ Cen: z.array(cen) }) });

/** All of the account, or the one of that id: an account has five at first, so all fit a page. */
export const listCens = (cloud: Cloud, id?: string): Promise<CenReading[]> =>
  numberedPages(cloud, ask('DescribeCens', id === undefined ? {} : { Filter: [{ Key: 'CenId', Value: [id] }] }), {
    schema: cenListing,
    items: ({ Cens }) => Cens.Cen,
    pageSize: 50,
  });

const childInstance = z.object({
  ChildInstanceId: z.string(),
  ChildInstanceType: z.string(),
  ChildInstanceRegionId: z.string(),
  /** `Attaching`, `Attached`, `Detaching`; lower case in older answers. */
  Status: z.string(),
});
type ChildInstanceReading = z.infer<typeof childInstance>;
const childListing = z.object({
  TotalCount: z.number(),
  ChildInstances: z.object({ ChildInstance: z.array(childInstance) }),
});

export const listChildInstances = (
  cloud: Cloud,
  filter: { CenId: string; ChildInstanceRegionId?: string },
): Promise<ChildInstanceReading[]> =>
  numberedPages(cloud, ask('DescribeCenAttachedChildInstances', { ...filter, ChildInstanceType: 'VPC' }), {
    schema: childListing,
    items: ({ ChildInstances }) => ChildInstances.ChildInstance,
    pageSize: 50,
  });

const bandwidthPackage = z.object({
  CenBandwidthPackageId: z.string(),
  /** `Idle` or `InUse` */
  Status: z.string(),
  BusinessStatus: z.string().default('Normal'),
  Bandwidth: integer.default(0),
  /** Areas: `china`, `north-america`. */
  GeographicRegionAId: text,
  GeographicRegionBId: text,
  CenIds: z.object({ CenId: z.array(z.string()).default([]) }).prefault({}),
});
export type BandwidthPackageReading = z.infer<typeof bandwidthPackage>;
const packageListing = z.object({
  TotalCount: z.number(),
  CenBandwidthPackages: z.object({ CenBandwidthPackage: z.array(bandwidthPackage) }),
});

/** Null where the account has none of that id. */
export async function readBandwidthPackage(cloud: Cloud, id: string): Promise<BandwidthPackageReading | null> {
  const found = await listBandwidthPackages(cloud, 'CenBandwidthPackageId', id);
  return found.find(({ CenBandwidthPackageId }) => CenBandwidthPackageId === id) ?? null;
}

/** Of that id, or bound to that CEN instance. */
export const listBandwidthPackages = (
  cloud: Cloud,
  key: 'CenBandwidthPackageId' | 'CenId',
  value: string,
): Promise<BandwidthPackageReading[]> =>
  numberedPages(cloud, ask('DescribeCenBandwidthPackages', { Filter: [{ Key: key, Value: [value] }] }), {
    schema: packageListing,
    items: ({ CenBandwidthPackages }) => CenBandwidthPackages.CenBandwidthPackage,
    pageSize: 50,
  });

const memberListing = z.object({
  TotalCount: z.number(),
  RegionIds: z.object({ RegionId: z.array(z.object({ RegionId: z.string() })) }),
});

/** Of an area, as bandwidth packages count them. */
export const listRegionsOf = async (cloud: Cloud, area: string): Promise<string[]> =>
  (
    await numberedPages(cloud, ask('DescribeGeographicRegionMembership', { GeographicRegionId: area }), {
      schema: memberListing,
      items: ({ RegionIds }) => RegionIds.RegionId,
      pageSize: 50,
    })
  ).map(({ RegionId }) => RegionId);

const bandwidthLimit = z.object({
  LocalRegionId: z.string(),
  OppositeRegionId: z.string(),
  BandwidthLimit: integer,
  /** `Modifying` or `Active` */
  Status: text,
});
type BandwidthLimitReading = z.infer<typeof bandwidthLimit>;
const limitListing = z.object({
  TotalCount: z.number(),
  CenInterRegionBandwidthLimits: z.object({ CenInterRegionBandwidthLimit: z.array(bandwidthLimit) }),
});

export const listBandwidthLimits = (cloud: Cloud, cenId: string): Promise<BandwidthLimitReading[]> =>
  numberedPages(cloud, ask('DescribeCenInterRegionBandwidthLimits', { CenId: cenId }), {
    schema: limitListing,
    items: ({ CenInterRegionBandwidthLimits }) => CenInterRegionBandwidthLimits.CenInterRegionBandwidthLimit,
    pageSize: 50,
  });
