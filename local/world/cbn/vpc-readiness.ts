/** What CEN asks of a VPC before it touches its tables. */
import { vSwitchesOf } from '../routing/vpc-routes';
import {
  ROUTE_ENTRIES,
  ROUTE_TABLES,
  type RouteEntryRecord,
  type RouteTableRecord,
  VPN_GATEWAYS,
  type VpcRecord,
  type VpnGatewayRecord,
} from '../vpc/records';
import type { Context } from '../world';
import { quota } from './quotas';
import { CHILD_INSTANCES, type ChildInstanceRecord, VPC_ATTACHMENTS, type VpcAttachmentRecord } from './records';
import { refusal } from './refusals';

/** Neither the VPC nor a vSwitch of it may be coming or going. */
export function wantSettledVpc({ state }: Context, vpc: VpcRecord): void {
  if ((vpc.status ?? 'Available') !== 'Available') throw refusal('OperationFailed.InvalidVpcStatus');
  if (vSwitchesOf(state, vpc.id).some(({ status }) => status === 'Pending')) throw refusal('IncorrectVSwitchStatus');
}

/** No entry of the VPC's tables may be coming or going. */
export function wantSettledRoutes({ state }: Context, vpcId: string): void {
  const tables = new Set(
    state
      .values<RouteTableRecord>(ROUTE_TABLES)
      .filter((table) => table.vpcId === vpcId)
      .map(({ id }) => id),
  );
  const moving = state
    .values<RouteEntryRecord>(ROUTE_ENTRIES)
    .some(({ routeTableId, status }) => tables.has(routeTableId) && status !== 'Available');
  if (moving) throw refusal('IncorrectStatus.VpcRouteTable');
}

/**
 * Whether a router may write its routes into the VPC: not beside a VPN gateway that injects routes of its own, not
 * beside another router or a basic CEN that does so already, and for so many VPCs a router.
 */
export function wantSynchronisable(context: Context, vpcId: string, routerId: string): void {
  const { state } = context;
  const injected = state
    .values<VpnGatewayRecord>(VPN_GATEWAYS)
    .some((gateway) => gateway.vpcId === vpcId && gateway.autoPropagate);
  if (injected) throw refusal('InvalidOperation.VpnAssociated');
  const synchronised = state
    .values<VpcAttachmentRecord>(VPC_ATTACHMENTS)
    .filter(({ autoPublishRoute }) => autoPublishRoute);
  if (
    synchronised.some((other) => other.vpcId === vpcId && other.routerId !== routerId) ||
    state.values<ChildInstanceRecord>(CHILD_INSTANCES).some(({ instanceId }) => instanceId === vpcId)
  )
    throw refusal('InvalidOperation.VpcAutoRoutesPublishInOtherCEN');
  const onRouter = synchronised.filter((other) => other.routerId === routerId).length;
  if (onRouter >= quota(context, 'synchronisedVpcsPerTransitRouter'))
    throw refusal('QuotaExceeded.VpcAutoRoutesPublishPerTransitRouter');
}
