import * as z from 'zod';
import type { Cloud } from '../../engine/cloud';
import { numberedPages } from '../all-pages';
import { text } from '../parse-response';

const publishedRoute = z.object({
  DestinationCidrBlock: z.string(),
  NextHopType: text,
  /** `NonPublished` or `Published` */
  PublishStatus: text,
  Conflicts: z
    .object({ Conflict: z.array(z.object({ RegionId: text, InstanceId: text, Status: text })).default([]) })
    .prefault({}),
});
type PublishedRouteReading = z.infer<typeof publishedRoute>;
const publishedListing = z.object({
  TotalCount: z.number(),
  PublishedRouteEntries: z.object({ PublishedRouteEntry: z.array(publishedRoute) }),
});

export interface PublicationPlace {
  CenId: string;
  ChildInstanceId: string;
  ChildInstanceType: string;
  ChildInstanceRegionId: string;
  ChildInstanceRouteTableId: string;
  DestinationCidrBlock: string;
}

/** The entries of a VPC's system table that could be published, with what became of each. */
export const listPublishedRoutes = (cloud: Cloud, place: PublicationPlace): Promise<PublishedRouteReading[]> =>
  numberedPages(
    cloud,
    { service: 'cbn', region: null, action: 'DescribePublishedRouteEntries', parameters: { ...place } },
    {
      schema: publishedListing,
      items: ({ PublishedRouteEntries }) => PublishedRouteEntries.PublishedRouteEntry,
      pageSize: 50,
    },
  );

const regionRoute = z.object({
  DestinationCidrBlock: z.string(),
  NextHopInstanceId: text,
  NextHopRegionId: text,
  /** `VPC` */
  NextHopType: text,
});
type RegionRouteReading = z.infer<typeof regionRoute>;
const regionListing = z.object({
  TotalCount: z.number(),
  CenRouteEntries: z.object({ CenRouteEntry: z.array(regionRoute) }),
});

/** Basic edition: CEN's own table of a region; what was rejected is left out. */
export const listRegionRoutes = (cloud: Cloud, cenId: string, region: string): Promise<RegionRouteReading[]> =>
  numberedPages(
    cloud,
    {
      service: 'cbn',
      region: null,
      action: 'DescribeCenRegionDomainRouteEntries',
      parameters: { CenId: cenId, CenRegionId: region, Status: 'Active' },
    },
    { schema: regionListing, items: ({ CenRouteEntries }) => CenRouteEntries.CenRouteEntry, pageSize: 50 },
  );
