/** The service makes and removes one vSwitch of a VPC at a time, and none while one of its routes is coming or going. */
import { entriesOf, vSwitchesOf } from '../routing/vpc-routes';
import type { State } from '../state';
import { ROUTE_TABLES, type RouteTableRecord } from './records';
import { refusal } from './refusals';

/** @param busy what the action says while another vSwitch is on its way */
export function wantQuietVpc(
  state: State,
  vpcId: string,
  busy: 'IncorrectVSwitchStatus' | 'OperationDenied.OtherSubnetProcessing',
): void {
  if (vSwitchesOf(state, vpcId).some(({ status }) => status === 'Pending')) throw refusal(busy);
  const moving = state
    .values<RouteTableRecord>(ROUTE_TABLES)
    .filter((table) => table.vpcId === vpcId)
    .some(({ id }) => entriesOf(state, id).some(({ status }) => status !== 'Available'));
  if (moving) throw refusal('IncorrectRouteEntryStatus');
}
