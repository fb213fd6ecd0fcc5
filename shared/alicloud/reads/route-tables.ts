import * as z from 'zod';
import type { Cloud } from '../../engine/cloud';
import { numberedPages, tokenPages } from '../all-pages';
import { text } from '../parse-response';

const routeTable = z.object({
  RouteTableId: z.string(),
  /** `System` or `Custom` */
  RouteTableType: z.string(),
  VSwitchIds: z.object({ VSwitchId: z.array(z.string()).default([]) }).prefault({}),
  /** `VSwitch`, or `Gateway` for a table that guards what enters through an IPv4 gateway. */
  AssociateType: text,
});
export type RouteTableReading = z.infer<typeof routeTable>;

const tableListing = z.object({
  TotalCount: z.number(),
  RouterTableList: z.object({ RouterTableListType: z.array(routeTable) }),
});

export const listRouteTables = (
  cloud: Cloud,
  region: string,
  filter: { VpcId: string; RouteTableType?: 'System' },
): Promise<RouteTableReading[]> =>
  numberedPages(
    cloud,
    { service: 'vpc', region, action: 'DescribeRouteTableList', parameters: { ...filter } },
    { schema: tableListing, items: ({ RouterTableList }) => RouterTableList.RouterTableListType, pageSize: 50 },
  );

/** Every VPC has exactly one; null where there is no such VPC. */
export async function systemTableOf(cloud: Cloud, region: string, vpcId: string): Promise<string | null> {
  const tables = await listRouteTables(cloud, region, { VpcId: vpcId, RouteTableType: 'System' });
  return tables.find(({ RouteTableType }) => RouteTableType === 'System')?.RouteTableId ?? null;
}

const routeEntry = z.object({
  RouteEntryId: text,
  RouteEntryName: text,
  DestinationCidrBlock: z.string(),
  /** `System`, `Custom`, `CEN`, `BGP` … */
  Type: text,
  /** `Pending`, `Available` (`Created` in the documentation), `Modifying`, `Deleting` */
  Status: text,
  NextHops: z
    .object({
      NextHop: z.array(z.object({ NextHopType: text, NextHopId: text, NextHopRegionId: text })).default([]),
    })
    .prefault({}),
});
export type RouteEntryReading = z.infer<typeof routeEntry>;

const entryListing = z.object({
  NextToken: z.string().nullish(),
  RouteEntrys: z.object({ RouteEntry: z.array(routeEntry) }),
});

export const listRouteEntries = (
  cloud: Cloud,
  region: string,
  filter: { RouteTableId: string; DestinationCidrBlock?: string },
): Promise<RouteEntryReading[]> =>
  tokenPages(
    cloud,
    { service: 'vpc', region, action: 'DescribeRouteEntryList', parameters: { ...filter } },
    {
      schema: entryListing,
      items: ({ RouteEntrys }) => RouteEntrys.RouteEntry,
      pageSize: 100,
      sizeName: 'MaxResult',
    },
  );

/** Real tables say `Available`, the documentation `Created`. */
export const entryIsThere = ({ Status }: RouteEntryReading): boolean => Status === 'Available' || Status === 'Created';

export const leadsTo = (entry: RouteEntryReading, nextHopId: string): boolean =>
  entry.NextHops.NextHop.some(({ NextHopId }) => NextHopId === nextHopId);
