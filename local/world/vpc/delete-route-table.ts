import { entriesOf, vSwitchesOf } from '../routing/vpc-routes';
import { action } from '../rpc/action';
import { customTableOf } from './custom-table';
import { REGION, REQUIRED } from './parameters';
import { ROUTE_TABLES, type RouteTableRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** `Deleting` for a moment. Routes that somebody made keep it, and vSwitches that look it up. */
export const deleteRouteTable = action({
  product: 'vpc',
  name: 'DeleteRouteTable',
  parameters: { ...REGION, RouteTableId: REQUIRED },
  handle(context, { RouteTableId }) {
    const { state } = context;
    const table = customTableOf(context, RouteTableId);
    if (entriesOf(state, table.id).length > 0) throw refusal('IncorrectRouteTableStatus.RouteEntryExist');
    if (vSwitchesOf(state, table.vpcId).some(({ routeTableId }) => routeTableId === table.id))
      throw refusal('DependencyViolation.VSwitch');
    state.put(ROUTE_TABLES, table.id, { ...table, status: 'Deleting' } satisfies RouteTableRecord);
    settleAfter(context, 'routeTableDelete', { collection: ROUTE_TABLES, key: table.id, from: 'Deleting', to: null });
    return {};
  },
});
