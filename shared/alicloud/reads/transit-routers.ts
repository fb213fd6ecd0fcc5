import * as z from 'zod';
import type { Cloud, CloudParameter, CloudRequest } from '../../engine/cloud';
import { numberedPages, tokenPages } from '../all-pages';
import { callFor, text } from '../parse-response';

const ask = (action: string, parameters: { [name: string]: CloudParameter }): CloudRequest => ({
  service: 'cbn',
  region: null,
  action,
  parameters,
});

const transitRouter = z.object({
  TransitRouterId: z.string(),
  CenId: text,
  RegionId: z.string(),
  TransitRouterName: text,
  /** `Enterprise` or `Basic` */
  Type: z.string(),
  /** `Creating`, `Active`, `Modifying`, `Deleting`, `Upgrading` */
  Status: z.string(),
});
export type TransitRouterReading = z.infer<typeof transitRouter>;
const routerListing = z.object({ TotalCount: z.number(), TransitRouters: z.array(transitRouter) });

export const listTransitRouters = (
  cloud: Cloud,
  filter: { CenId: string; RegionId?: string; TransitRouterId?: string },
): Promise<TransitRouterReading[]> =>
  numberedPages(cloud, ask('ListTransitRouters', { ...filter }), {
    schema: routerListing,
    items: ({ TransitRouters }) => TransitRouters,
    pageSize: 50,
  });

const routerTable = z.object({
  TransitRouterRouteTableId: z.string(),
  TransitRouterRouteTableType: z.string(),
});
type RouterTableReading = z.infer<typeof routerTable>;
const tableListing = z.object({
  NextToken: z.string().nullish(),
  TransitRouterRouteTables: z.array(routerTable),
});

export const listRouterTables = (cloud: Cloud, routerId: string, type?: 'System'): Promise<RouterTableReading[]> =>
  tokenPages(
    cloud,
    ask('ListTransitRouterRouteTables', { TransitRouterId: routerId, TransitRouterRouteTableType: type }),
    { schema: tableListing, items: ({ TransitRouterRouteTables }) => TransitRouterRouteTables, pageSize: 50 },
  );

/** An association or a propagation: an attachment and a table, and how far it is. */
const binding = z.object({
  TransitRouterAttachmentId: z.string(),
  TransitRouterRouteTableId: text,
  /** `Active`; `Associating`, `Enabling`, `Dissociating`, `Disabling` … */
  Status: z.string(),
});
export type BindingReading = z.infer<typeof binding>;

const associationListing = z.object({
  NextToken: z.string().nullish(),
  TransitRouterAssociations: z.array(binding),
});
const propagationListing = z.object({
  NextToken: z.string().nullish(),
  TransitRouterPropagations: z.array(binding),
});

export const listAssociations = (
  cloud: Cloud,
  filter: { TransitRouterRouteTableId: string; TransitRouterAttachmentId?: string },
): Promise<BindingReading[]> =>
  tokenPages(cloud, ask('ListTransitRouterRouteTableAssociations', { ...filter }), {
    schema: associationListing,
    items: ({ TransitRouterAssociations }) => TransitRouterAssociations,
    pageSize: 50,
  });

export const listPropagations = (
  cloud: Cloud,
  filter: { TransitRouterRouteTableId: string; TransitRouterAttachmentId?: string },
): Promise<BindingReading[]> =>
  tokenPages(cloud, ask('ListTransitRouterRouteTablePropagations', { ...filter }), {
    schema: propagationListing,
    items: ({ TransitRouterPropagations }) => TransitRouterPropagations,
    pageSize: 50,
  });

const routerEntry = z.object({
  TransitRouterRouteEntryDestinationCidrBlock: z.string(),
  /** `Attachment` or `BlackHole` */
  TransitRouterRouteEntryNextHopType: z.string(),
  TransitRouterRouteEntryNextHopId: text,
});
export type RouterEntryReading = z.infer<typeof routerEntry>;
const entryListing = z.object({
  NextToken: z.string().nullish(),
  TransitRouterRouteEntries: z.array(routerEntry),
});

/** What forwards: rejected and standing-by entries are left out. */
export const listRouterEntries = (cloud: Cloud, tableId: string): Promise<RouterEntryReading[]> =>
  tokenPages(
    cloud,
    ask('ListTransitRouterRouteEntries', {
      TransitRouterRouteTableId: tableId,
      TransitRouterRouteEntryStatus: 'Active',
    }),
    { schema: entryListing, items: ({ TransitRouterRouteEntries }) => TransitRouterRouteEntries, pageSize: 100 },
  );

const resources = z.object({ AvailableZones: z.array(z.string()).nullish() });

/** Where an attachment can have its interfaces; null where the region does not say. */
export async function attachmentZones(cloud: Cloud, region: string): Promise<string[] | null> {
  const answer = await callFor(cloud, ask('ListTransitRouterAvailableResource', { RegionId: region }), resources);
  return answer.AvailableZones ?? null;
}
