import type { JsonObject } from '../../../shared/json';
import { action, type RpcContext } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { regionOf } from './lookups';
import { PAGE, REGION, TAGS, TEXT } from './parameters';
import { ROUTE_TABLES, type RouteTableRecord, VPCS, type VpcRecord, VSWITCHES, type VSwitchRecord } from './records';
import { isInGroup } from './resource-group';
import { matchesTags, tagList } from './tags';
import { vpcTime } from './times';
import { routerId } from './vpc-view';

export const describeRouteTableList = action({
  product: 'vpc',
  name: 'DescribeRouteTableList',
  parameters: {
    ...REGION,
    ...PAGE,
    VpcId: TEXT,
    RouteTableId: TEXT,
    RouteTableName: TEXT,
    RouteTableType: { type: 'string', values: ['System', 'Custom'] },
    RouterId: TEXT,
    RouterType: { type: 'string', values: ['VRouter', 'VBR'] },
    ResourceGroupId: TEXT,
    Tag: TAGS,
  },
  handle(context, input) {
    const { state, region } = context;
    // None belongs to a border router.
    const none = input.RouterType === 'VBR';
    const wanted = (table: RouteTableRecord): boolean =>
      regionOf(state, table.vpcId) === region &&
      (input.VpcId ?? table.vpcId) === table.vpcId &&
      (input.RouteTableId ?? table.id) === table.id &&
      (input.RouteTableName ?? table.name) === table.name &&
      (input.RouteTableType ?? table.type) === table.type &&
      (input.RouterId === undefined || input.RouterId === routerId({ id: table.vpcId })) &&
      isInGroup(state.get<VpcRecord>(VPCS, table.vpcId), input.ResourceGroupId) &&
      matchesTags(table.tags ?? [], input.Tag);
    const tables = none ? [] : state.values<RouteTableRecord>(ROUTE_TABLES).filter(wanted);
    const { items, paging } = byNumber(tables, input);
    return { ...paging, RouterTableList: { RouterTableListType: items.map((table) => view(context, table)) } };
  },
});

const view = ({ state, settings }: RpcContext, table: RouteTableRecord): JsonObject => ({
  RouteTableId: table.id,
  RouteTableName: table.name,
  RouteTableType: table.type,
  AssociateType: 'VSwitch',
  VpcId: table.vpcId,
  RouterId: routerId({ id: table.vpcId }),
  RouterType: 'VRouter',
  Status: table.status ?? 'Available',
  Description: table.description ?? '',
  CreationTime: vpcTime(table.createdAt),
  OwnerId: Number(settings.accountId),
  ResourceGroupId: state.get<VpcRecord>(VPCS, table.vpcId)?.resourceGroupId ?? '',
  RoutePropagationEnable: table.routePropagationEnable,
  VSwitchIds: {
    VSwitchId: state
      .values<VSwitchRecord>(VSWITCHES)
      .filter(({ routeTableId }) => routeTableId === table.id)
      .map(({ id }) => id),
  },
  GatewayIds: { GatewayIds: [] },
  Tags: { Tag: tagList(table.tags ?? []) },
});
