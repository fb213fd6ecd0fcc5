import * as z from 'zod';
import type { Cloud } from '../../engine/cloud';
import { numberedPages } from '../all-pages';
import { integer, text } from '../parse-response';

const destinationRoute = z.object({
  RouteDest: z.string(),
  NextHop: z.string(),
  Weight: integer.default(100),
  /** `published` (in the VPC's system table) or `normal`. */
  State: text,
});
type DestinationRouteReading = z.infer<typeof destinationRoute>;

const destinationListing = z.object({
  TotalCount: z.number(),
  VpnRouteEntries: z.object({ VpnRouteEntry: z.array(destinationRoute) }),
});

export const listDestinationRoutes = (
  cloud: Cloud,
  region: string,
  gatewayId: string,
): Promise<DestinationRouteReading[]> =>
  numberedPages(
    cloud,
    { service: 'vpc', region, action: 'DescribeVpnRouteEntries', parameters: { VpnGatewayId: gatewayId } },
    { schema: destinationListing, items: ({ VpnRouteEntries }) => VpnRouteEntries.VpnRouteEntry, pageSize: 50 },
  );

const policyRoute = z.object({
  RouteSource: z.string(),
  RouteDest: z.string(),
  NextHop: z.string(),
  /** The lowest first. */
  Priority: integer.default(10),
  Weight: integer.default(100),
});
type PolicyRouteReading = z.infer<typeof policyRoute>;

const policyListing = z.object({
  TotalCount: z.number(),
  VpnPbrRouteEntries: z.object({ VpnPbrRouteEntry: z.array(policyRoute) }),
});

export const listPolicyRoutes = (cloud: Cloud, region: string, gatewayId: string): Promise<PolicyRouteReading[]> =>
  numberedPages(
    cloud,
    { service: 'vpc', region, action: 'DescribeVpnPbrRouteEntries', parameters: { VpnGatewayId: gatewayId } },
    { schema: policyListing, items: ({ VpnPbrRouteEntries }) => VpnPbrRouteEntries.VpnPbrRouteEntry, pageSize: 50 },
  );
