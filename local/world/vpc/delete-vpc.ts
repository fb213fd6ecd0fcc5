import { SECURITY_GROUPS, type SecurityGroupRecord } from '../ecs/records';
import { entriesOf, systemTableOf, vSwitchesOf } from '../routing/vpc-routes';
import { action } from '../rpc/action';
import type { State } from '../state';
import { attachedCens } from './attached-cens';
import { unlessDry } from './dry-run';
import { vpcOf } from './lookups';
import { FLAG, REQUIRED, TEXT } from './parameters';
import {
  ROUTE_TABLES,
  type RouteTableRecord,
  VPCS,
  VPN_GATEWAYS,
  type VpcRecord,
  type VpnGatewayRecord,
} from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** `Deleting` for a moment, and its system table goes with it. What force gets out of the way is not modelled. */
export const deleteVpc = action({
  product: 'vpc',
  name: 'DeleteVpc',
  parameters: { RegionId: TEXT, VpcId: REQUIRED, ForceDelete: FLAG, ClientToken: TEXT, DryRun: FLAG },
  handle: (context, input) =>
    unlessDry(input, () => {
      const vpc = vpcOf(context, input.VpcId);
      if ((vpc.status ?? 'Available') !== 'Available') throw refusal('IncorrectVpcStatus');
      wantEmpty(context.state, vpc.id);
      context.state.put(VPCS, vpc.id, { ...vpc, status: 'Deleting' } satisfies VpcRecord);
      settleAfter(context, 'vpcDelete', { collection: VPCS, key: vpc.id, from: 'Deleting', to: null });
      return {};
    }),
});

function wantEmpty(state: State, id: string): void {
  const isIn = ({ vpcId }: { vpcId: string }): boolean => vpcId === id;
  if (vSwitchesOf(state, id).length > 0) throw refusal('DependencyViolation.VSwitch');
  if (state.values<SecurityGroupRecord>(SECURITY_GROUPS).some(isIn)) throw refusal('DependencyViolation.SecurityGroup');
  if (state.values<VpnGatewayRecord>(VPN_GATEWAYS).some(isIn)) throw refusal('DependencyViolation.VpnGateway');
  if (attachedCens(state, id).length > 0) throw refusal('DependencyViolation.Cen');
  const custom = state.values<RouteTableRecord>(ROUTE_TABLES).some((table) => isIn(table) && table.type === 'Custom');
  if (custom) throw refusal('DependencyViolation.RouteTable');
  const system = systemTableOf(state, id);
  if (system && entriesOf(state, system.id).length > 0) throw refusal('DependencyViolation.RouteEntry');
}
