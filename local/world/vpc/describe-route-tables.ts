import type { JsonObject } from '../../../shared/json';
import { action, type RpcContext } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { regionOf } from './lookups';
import { PAGE, TEXT } from './parameters';
import { ROUTE_TABLES, type RouteTableRecord, VPCS, type VpcRecord, VSWITCHES, type VSwitchRecord } from './records';
import { refusal } from './refusals';
import { isInGroup } from './resource-group';
import { oldRouteEntryView } from './route-entry-view';
import { tableEntries } from './table-entries';
import { vpcTime } from './times';
import { routerId } from './vpc-view';

/** The older way to read tables, each with all of its entries: DescribeRouteTableList and DescribeRouteEntryList are the newer. */
export const describeRouteTables = action({
  product: 'vpc',
  name: 'DescribeRouteTables',
  parameters: {
    ...PAGE,
    RegionId: TEXT,
    VRouterId: TEXT,
    RouterId: TEXT,
    RouterType: { type: 'string', values: ['VRouter', 'VBR'] },
    RouteTableId: TEXT,
    RouteTableName: TEXT,
    ResourceGroupId: TEXT,
    /** Of the entries that are wanted. */
    Type: { type: 'string', values: ['System', 'Custom', 'BGP', 'CEN', 'ECR'] },
  },
  handle(context, input) {
    const { state, region } = context;
    const { VRouterId, RouterId, RouteTableId, RouteTableName, Type } = input;
    const named = [VRouterId ?? RouterId, RouteTableId, RouteTableName].some((each) => each !== undefined);
    if (!named || (VRouterId !== undefined && RouterId !== undefined))
      throw refusal('MissingParam.RouterIdOrRouteTable');
    const router = VRouterId ?? RouterId;
    const wanted = (table: RouteTableRecord): boolean =>
      regionOf(state, table.vpcId) === region &&
      (router ?? routerId({ id: table.vpcId })) === routerId({ id: table.vpcId }) &&
      (RouteTableId ?? table.id) === table.id &&
      (RouteTableName ?? table.name) === table.name &&
      isInGroup(state.get<VpcRecord>(VPCS, table.vpcId), input.ResourceGroupId) &&
      input.RouterType !== 'VBR';
    const { items, paging } = byNumber(state.values<RouteTableRecord>(ROUTE_TABLES).filter(wanted), input);
    return { ...paging, RouteTables: { RouteTable: items.map((table) => view(context, table, Type)) } };
  },
});

const view = ({ state }: RpcContext, table: RouteTableRecord, type: string | undefined): JsonObject => ({
  RouteTableId: table.id,
  RouteTableType: table.type,
  VRouterId: routerId({ id: table.vpcId }),
  Status: table.status ?? 'Available',
  CreationTime: vpcTime(table.createdAt),
  ResourceGroupId: state.get<VpcRecord>(VPCS, table.vpcId)?.resourceGroupId ?? '',
  VSwitchIds: {
    VSwitchId: state
      .values<VSwitchRecord>(VSWITCHES)
      .filter(({ routeTableId }) => routeTableId === table.id)
      .map(({ id }) => id),
  },
  RouteEntrys: {
    RouteEntry: tableEntries(state, table)
      .filter((entry) => (type ?? entry.type) === entry.type)
      .map((entry) => oldRouteEntryView(table.id, entry)),
  },
});
