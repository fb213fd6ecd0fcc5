import { systemTableOf } from '../routing/vpc-routes';
import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { ROUTE_TABLES, type RouteTableRecord } from '../vpc/records';
import { childVpc } from './child-instance';
import { CHILD_INSTANCE, ROUTE_PAGE, TEXT } from './parameters';
import { publishStatus, vpcRoutes } from './published-route-view';
import { CENS } from './records';
import { refusal } from './refusals';

/** Every route of the VPC's table, published or not: absent and `NonPublished` both mean that CEN does not know it. */
export const describePublishedRouteEntries = action({
  product: 'cbn',
  name: 'DescribePublishedRouteEntries',
  parameters: {
    ...CHILD_INSTANCE,
    ...ROUTE_PAGE,
    ChildInstanceRouteTableId: TEXT,
    DestinationCidrBlock: TEXT,
  },
  handle(context, input) {
    const { state } = context;
    if (!state.get(CENS, input.CenId)) throw refusal('ParameterCenInstanceId');
    const vpc = childVpc(context, input);
    const tableId = input.ChildInstanceRouteTableId ?? systemTableOf(state, vpc.id)?.id ?? '';
    const table = state.get<RouteTableRecord>(ROUTE_TABLES, tableId);
    const routes = table?.vpcId === vpc.id ? vpcRoutes(state, input.CenId, table, input.DestinationCidrBlock) : [];
    const { items, paging } = byNumber(routes, input);
    return {
      ...paging,
      PublishedRouteEntries: {
        PublishedRouteEntry: items.map((route) => ({
          DestinationCidrBlock: route.destination,
          ChildInstanceRouteTableId: tableId,
          NextHopType: route.nextHopType,
          NextHopId: route.nextHopId,
          RouteType: route.type,
          OperationalMode: route.operational,
          PublishStatus: publishStatus(route),
          Conflicts: { Conflict: route.conflicts },
        })),
      },
    };
  },
});
