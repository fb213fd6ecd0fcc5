import { action } from '../rpc/action';
import { routeTableOf } from './lookups';
import { DESCRIPTION, FLAG, NAME, REGION, REQUIRED } from './parameters';
import { ROUTE_TABLES, type RouteTableRecord } from './records';

/** At once. `RoutePropagationEnable` decides whether a custom table takes what a transit router synchronises. */
export const modifyRouteTableAttributes = action({
  product: 'vpc',
  name: 'ModifyRouteTableAttributes',
  parameters: {
    ...REGION,
    RouteTableId: REQUIRED,
    RouteTableName: NAME,
    Description: DESCRIPTION,
    RoutePropagationEnable: FLAG,
  },
  handle(context, input) {
    const before = routeTableOf(context, input.RouteTableId);
    const table: RouteTableRecord = {
      ...before,
      name: input.RouteTableName ?? before.name,
      description: input.Description ?? before.description ?? '',
      routePropagationEnable: input.RoutePropagationEnable ?? before.routePropagationEnable,
    };
    context.state.put(ROUTE_TABLES, table.id, table);
    return {};
  },
});
