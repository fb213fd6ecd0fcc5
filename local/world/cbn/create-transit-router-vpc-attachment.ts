import { action } from '../rpc/action';
import { VPCS, type VpcRecord } from '../vpc/records';
import type { Context } from '../world';
import { takeCen } from './cen-lock';
import { unlessDry } from './dry-run';
import { activeRouter, routersOf, wantRouterService } from './lookups';
import { newRouter } from './new-router';
import { DESCRIPTION, FLAG, NAME, OWNER, REQUIRED, TAGS, TEXT, WRITE } from './parameters';
import { quota } from './quotas';
import { type TransitRouterRecord, VPC_ATTACHMENTS, type VpcAttachmentRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { tagsOf } from './tags';
import { takeZones } from './vpc-attachment-zones';
import { wantSettledRoutes, wantSettledVpc, wantSynchronisable } from './vpc-readiness';

/** Neither associated with a table nor propagated into one: both are asked for apart. */
export const createTransitRouterVpcAttachment = action({
  product: 'cbn',
  name: 'CreateTransitRouterVpcAttachment',
  parameters: {
    ...WRITE,
    CenId: TEXT,
    RegionId: TEXT,
    TransitRouterId: TEXT,
    VpcId: REQUIRED,
    VpcOwnerId: OWNER,
    ZoneMappings: {
      type: 'list',
      required: true,
      items: { type: 'object', fields: { ZoneId: REQUIRED, VSwitchId: REQUIRED } },
    },
    AutoPublishRouteEnabled: FLAG,
    ChargeType: { type: 'string', values: ['POSTPAY'] },
    Options: TEXT,
    TransitRouterVPCAttachmentOptions: TEXT,
    TransitRouterAttachmentName: NAME,
    TransitRouterAttachmentDescription: DESCRIPTION,
    Tag: TAGS,
  },
  handle: (context, input) =>
    unlessDry(context, input, () => {
      const { state } = context;
      wantRouterService(context);
      const router = routerFor(context, input);
      const vpc = state.get<VpcRecord>(VPCS, input.VpcId);
      if (!vpc) throw refusal('InvalidVpcId.NotFound');
      if (vpc.region !== router.region) throw refusal('IllegalParam.TransitRouterRegionId');
      wantSettledVpc(context, vpc);
      wantUnattached(context, vpc.id, router);
      wantSettledRoutes(context, vpc.id);
      const autoPublishRoute = input.AutoPublishRouteEnabled ?? false;
      if (autoPublishRoute) wantSynchronisable(context, vpc.id, router.id);
      const attachment: VpcAttachmentRecord = {
        id: context.newId('tr-attach-'),
        cenId: router.cenId,
        routerId: router.id,
        region: router.region,
        vpcId: vpc.id,
        name: input.TransitRouterAttachmentName ?? '',
        description: input.TransitRouterAttachmentDescription ?? '',
        zones: takeZones(context, vpc, input.ZoneMappings),
        autoPublishRoute,
        status: 'Attaching',
        createdAt: context.now,
        tags: tagsOf(input.Tag),
      };
      const key = attachment.id;
      state.put(VPC_ATTACHMENTS, key, attachment);
      settleAfter(context, 'vpcAttach', { collection: VPC_ATTACHMENTS, key, from: 'Attaching', to: 'Attached' });
      return { TransitRouterAttachmentId: key };
    }),
});

interface RouterChoice {
  CenId?: string;
  RegionId?: string;
  TransitRouterId?: string;
}

/** The named router; or the CEN's in the region, made where there is none. */
function routerFor(context: Context, { CenId, RegionId, TransitRouterId }: RouterChoice): TransitRouterRecord {
  if (TransitRouterId !== undefined) {
    const router = activeRouter(context, TransitRouterId);
    takeCen(context, router.cenId);
    return router;
  }
  if (CenId === undefined || RegionId === undefined) throw refusal('MissingParam.CenIdOrRegionId');
  const cen = takeCen(context, CenId);
  const present = routersOf(context, cen.id).find(({ region }) => region === RegionId);
  return present ? activeRouter(context, present.id) : newRouter(context, { cen, region: RegionId });
}

function wantUnattached(context: Context, vpcId: string, router: TransitRouterRecord): void {
  const attachments = context.state.values<VpcAttachmentRecord>(VPC_ATTACHMENTS);
  if (attachments.some((other) => other.vpcId === vpcId && other.cenId === router.cenId))
    throw refusal('InvalidOperation.ChildInstanceAlreadyAttached');
  const onRouter = attachments.filter(({ routerId }) => routerId === router.id).length;
  if (onRouter >= quota(context, 'vpcAttachmentsPerTransitRouter'))
    throw refusal('QuotaExceeded.CenQuotaVpcAttachPerTransitRouter');
}
