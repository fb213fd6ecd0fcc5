import { action } from '../rpc/action';
import { bind, customTableOf, vSwitchBeside } from './custom-table';
import { REGION, REQUIRED, TEXT } from './parameters';

/** The vSwitch looks up this table instead of the one that it had. */
export const associateRouteTable = action({
  product: 'vpc',
  name: 'AssociateRouteTable',
  parameters: { ...REGION, RouteTableId: REQUIRED, VSwitchId: REQUIRED, ClientToken: TEXT },
  handle(context, { RouteTableId, VSwitchId }) {
    const table = customTableOf(context, RouteTableId);
    bind(context, vSwitchBeside(context, table, VSwitchId), table.id);
    return {};
  },
});
