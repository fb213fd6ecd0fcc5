import { systemTableOf } from '../routing/vpc-routes';
import { action } from '../rpc/action';
import { bind, customTableOf, vSwitchBeside } from './custom-table';
import { REGION, REQUIRED, TEXT } from './parameters';
import { refusal } from './refusals';

/** The vSwitch looks up its VPC's system table again. */
export const unassociateRouteTable = action({
  product: 'vpc',
  name: 'UnassociateRouteTable',
  parameters: { ...REGION, RouteTableId: REQUIRED, VSwitchId: REQUIRED, ClientToken: TEXT },
  handle(context, { RouteTableId, VSwitchId }) {
    const table = customTableOf(context, RouteTableId);
    const vSwitch = vSwitchBeside(context, table, VSwitchId);
    const system = systemTableOf(context.state, table.vpcId);
    if (vSwitch.routeTableId !== table.id || !system) throw refusal('InvalidAssociation.NotFound');
    bind(context, vSwitch, system.id);
    return {};
  },
});
