/** Custom tables, which vSwitches are bound to in place of the system table. */
import type { RpcContext } from '../rpc/action';
import { routeTableOf, vSwitchOf } from './lookups';
import { wantQuietVpc } from './quiet-vpc';
import { type RouteTableRecord, VSWITCHES, type VSwitchRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** One that is neither coming nor going. */
export function customTableOf(context: RpcContext, id: string): RouteTableRecord {
  const table = routeTableOf(context, id);
  if (table.type !== 'Custom') throw refusal('IncorrectRouteTableType');
  if ((table.status ?? 'Available') !== 'Available') throw refusal('IncorrectRouteTableStatus');
  return table;
}

/** A vSwitch of the table's VPC, while no other of it is on its way. */
export function vSwitchBeside(context: RpcContext, table: RouteTableRecord, id: string): VSwitchRecord {
  const vSwitch = vSwitchOf(context, id);
  if (vSwitch.vpcId !== table.vpcId) throw refusal('InvalidVSwitchId.NotFound');
  wantQuietVpc(context.state, table.vpcId, 'IncorrectVSwitchStatus');
  return vSwitch;
}

/** At once, and the vSwitch is pending for a moment, as the service has it. */
export function bind(context: RpcContext, vSwitch: VSwitchRecord, routeTableId: string): void {
  const { state } = context;
  state.put(VSWITCHES, vSwitch.id, { ...vSwitch, routeTableId, status: 'Pending' } satisfies VSwitchRecord);
  settleAfter(context, 'vSwitchBind', { collection: VSWITCHES, key: vSwitch.id, from: 'Pending', to: 'Available' });
}
