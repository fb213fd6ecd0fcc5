import { action } from '../rpc/action';
import type { Context } from '../world';
import { takeCen } from './cen-lock';
import { childKey, childVpc } from './child-instance';
import { routersOf } from './lookups';
import { CHILD_INSTANCE, OWNER } from './parameters';
import { quota } from './quotas';
import {
  CHILD_INSTANCES,
  type ChildInstanceRecord,
  TRANSIT_ROUTERS,
  type TransitRouterRecord,
  VPC_ATTACHMENTS,
  type VpcAttachmentRecord,
} from './records';
import { refusal } from './refusals';
import { areaOf } from './regions';
import { settleAfter } from './settle';
import { wantSettledRoutes, wantSettledVpc } from './vpc-readiness';

/** Basic edition only. The first VPC of a region brings that region's basic router, which ListTransitRouters shows. */
export const attachCenChildInstance = action({
  product: 'cbn',
  name: 'AttachCenChildInstance',
  parameters: { ...CHILD_INSTANCE, ChildInstanceOwnerId: OWNER },
  handle(context, input) {
    const { state } = context;
    const cen = takeCen(context, input.CenId, 'ParameterCenInstanceId');
    const vpc = childVpc(context, input);
    areaOf(vpc.region);
    if (cen.edition !== 'Basic' || routersOf(context, cen.id).some(isEnterpriseIn(vpc.region)))
      throw refusal('OperationFailed.InvalidTransitRouter');
    const children = state.values<ChildInstanceRecord>(CHILD_INSTANCES);
    if (children.some(({ instanceId }) => instanceId === vpc.id))
      throw refusal('InvalidOperation.ChildInstanceAlreadyAttached');
    const synchronised = state
      .values<VpcAttachmentRecord>(VPC_ATTACHMENTS)
      .some(({ vpcId, autoPublishRoute }) => vpcId === vpc.id && autoPublishRoute);
    if (synchronised) throw refusal('InvalidOperation.CenAlreadyAutoPubilshRouteToInstance');
    wantSettledVpc(context, vpc);
    wantSettledRoutes(context, vpc.id);
    wantRoom(context, cen.id, vpc.region, children);
    bringRouter(context, cen.id, vpc.region);
    const child: ChildInstanceRecord = {
      cenId: cen.id,
      instanceId: vpc.id,
      instanceType: 'VPC',
      region: vpc.region,
      status: 'Attaching',
      attachedAt: context.now,
    };
    const key = childKey(input);
    state.put(CHILD_INSTANCES, key, child);
    settleAfter(context, 'childAttach', { collection: CHILD_INSTANCES, key, from: 'Attaching', to: 'Attached' });
    return {};
  },
});

const isEnterpriseIn =
  (region: string) =>
  (router: TransitRouterRecord): boolean =>
    router.region === region && router.type === 'Enterprise';

function wantRoom(context: Context, cenId: string, region: string, children: readonly ChildInstanceRecord[]): void {
  const own = children.filter((child) => child.cenId === cenId);
  if (own.filter((child) => child.region === region).length >= quota(context, 'childInstancesPerRegion'))
    throw refusal('QuotaExceeded.ChildInstanceCountExceeded');
  const regions = new Set([...own.map((child) => child.region), region]);
  if (regions.size > quota(context, 'regionsPerCen')) throw refusal('QuotaExceeded.CenRegionCountExceeded');
}

function bringRouter(context: Context, cenId: string, region: string): void {
  if (routersOf(context, cenId).some((router) => router.region === region)) return;
  const router: TransitRouterRecord = {
    id: context.newId('tr-'),
    cenId,
    region,
    name: '',
    description: '',
    type: 'Basic',
    status: 'Active',
    createdAt: context.now,
    tags: [],
  };
  context.state.put(TRANSIT_ROUTERS, router.id, router);
}
