import type { JsonObject } from '../../../shared/json';
import { synchronisedEntries } from '../routing/derived-routes';
import { systemTableOf } from '../routing/vpc-routes';
import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { ROUTE_TABLES, type RouteTableRecord } from '../vpc/records';
import type { Context } from '../world';
import { childVpc } from './child-instance';
import { CHILD_INSTANCE, ROUTE_PAGE, TEXT } from './parameters';
import { publishStatus, vpcRoutes } from './published-route-view';
import { CENS } from './records';
import { refusal } from './refusals';

/** A VPC's table from CEN's side: its own routes with what became of their publication, and what it learned. */
export const describeCenChildInstanceRouteEntries = action({
  product: 'cbn',
  name: 'DescribeCenChildInstanceRouteEntries',
  parameters: {
    ...CHILD_INSTANCE,
    ...ROUTE_PAGE,
    ChildInstanceRegionId: TEXT,
    ChildInstanceRouteTableId: TEXT,
    Status: { type: 'string', values: ['Active', 'Candidate', 'Rejected', 'Prohibited', 'All'] },
  },
  handle(context, input) {
    const { state } = context;
    if (!state.get(CENS, input.CenId)) throw refusal('ParameterCenInstanceId');
    const region = input.ChildInstanceRegionId ?? context.region;
    const vpc = childVpc(context, { ...input, ChildInstanceRegionId: region });
    const tableId = input.ChildInstanceRouteTableId ?? systemTableOf(state, vpc.id)?.id ?? '';
    const table = state.get<RouteTableRecord>(ROUTE_TABLES, tableId);
    // Every entry that a VPC's table holds is in force, so the other states find nothing.
    const inForce = ['Active', 'All', undefined].includes(input.Status);
    const entries = table?.vpcId === vpc.id && inForce ? entriesOf(context, input.CenId, table, vpc.region) : [];
    const { items, paging } = byNumber(entries, input);
    return { ...paging, CenRouteEntries: { CenRouteEntry: items } };
  },
});

function entriesOf({ state }: Context, cenId: string, table: RouteTableRecord, region: string): JsonObject[] {
  const always = {
    RouteTableId: table.id,
    Status: 'Active',
    CenRouteMapRecords: { CenRouteMapRecord: [] },
    Communities: { Community: [] },
    AsPaths: { AsPath: [] },
  };
  const own = vpcRoutes(state, cenId, table).map((route) => ({
    ...always,
    DestinationCidrBlock: route.destination,
    Type: route.type,
    NextHopType: route.nextHopType,
    NextHopInstanceId: route.nextHopId,
    NextHopRegionId: region,
    OperationalMode: route.operational,
    PublishStatus: publishStatus(route),
    Conflicts: { Conflict: route.conflicts },
  }));
  const learned = synchronisedEntries(state, table.id).map((entry) => ({
    ...always,
    DestinationCidrBlock: entry.destination,
    Type: 'CEN',
    NextHopType: entry.nextHopType,
    NextHopInstanceId: entry.nextHopId,
    NextHopRegionId: entry.nextHopRegion ?? region,
    OperationalMode: false,
    PublishStatus: 'NonPublished',
    Conflicts: { Conflict: [] },
  }));
  return [...own, ...learned];
}
