/** What the answers say of an entry of a VPC's table. */
import type { JsonObject } from '../../../shared/json';
import type { VpcTableEntry } from '../routing/derived-routes';

export const routeEntryView = (tableId: string, entry: VpcTableEntry): JsonObject => ({
  RouteTableId: tableId,
  RouteEntryId: entry.id,
  RouteEntryName: entry.name,
  Description: entry.description,
  DestinationCidrBlock: entry.destination,
  IpVersion: 'IPv4',
  Type: entry.type,
  Status: entry.status,
  Origin: '',
  ServiceType: entry.serviceType ?? '',
  NextHops: {
    NextHop: [
      {
        NextHopType: entry.nextHopType,
        NextHopId: entry.nextHopId,
        NextHopRegionId: entry.nextHopRegion ?? '',
        Enabled: 1,
        Weight: 0,
      },
    ],
  },
});

/** As DescribeRouteTables has it: the next hop stands beside the list as well, and the SDKs read less. */
export const oldRouteEntryView = (tableId: string, entry: VpcTableEntry): JsonObject => ({
  RouteTableId: tableId,
  RouteEntryId: entry.id,
  RouteEntryName: entry.name,
  Description: entry.description,
  DestinationCidrBlock: entry.destination,
  Type: entry.type,
  Status: entry.status,
  InstanceId: entry.nextHopId,
  NextHopType: entry.nextHopType,
  NextHops: {
    NextHop: [{ NextHopType: entry.nextHopType, NextHopId: entry.nextHopId, Enabled: 1, Weight: 0 }],
  },
});
