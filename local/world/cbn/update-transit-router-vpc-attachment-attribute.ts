import { action } from '../rpc/action';
import { takeCen } from './cen-lock';
import { unlessDry } from './dry-run';
import { DESCRIPTION, FLAG, NAME, REQUIRED, TEXT, WRITE } from './parameters';
import { VPC_ATTACHMENTS, type VpcAttachmentRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { wantSynchronisable } from './vpc-readiness';

/** A name changes in place; route synchronisation makes the attachment `Modifying` for a while. */
export const updateTransitRouterVpcAttachmentAttribute = action({
  product: 'cbn',
  name: 'UpdateTransitRouterVpcAttachmentAttribute',
  parameters: {
    ...WRITE,
    TransitRouterAttachmentId: REQUIRED,
    AutoPublishRouteEnabled: FLAG,
    TransitRouterAttachmentName: NAME,
    TransitRouterAttachmentDescription: DESCRIPTION,
    Options: TEXT,
    TransitRouterVPCAttachmentOptions: TEXT,
    OrderType: TEXT,
  },
  handle: (context, input) =>
    unlessDry(context, input, () => {
      const { state } = context;
      const key = input.TransitRouterAttachmentId;
      const attachment = state.get<VpcAttachmentRecord>(VPC_ATTACHMENTS, key);
      if (!attachment) throw refusal('InvalidTransitRouterAttachmentId.NotFound');
      takeCen(context, attachment.cenId);
      if (attachment.status !== 'Attached') throw refusal('IncorrectStatus.Attachment');
      const autoPublishRoute = input.AutoPublishRouteEnabled ?? attachment.autoPublishRoute;
      const changes = autoPublishRoute !== attachment.autoPublishRoute;
      if (changes && autoPublishRoute) wantSynchronisable(context, attachment.vpcId, attachment.routerId);
      const updated: VpcAttachmentRecord = {
        ...attachment,
        name: input.TransitRouterAttachmentName ?? attachment.name,
        description: input.TransitRouterAttachmentDescription ?? attachment.description,
        autoPublishRoute,
        status: changes ? 'Modifying' : 'Attached',
      };
      state.put(VPC_ATTACHMENTS, key, updated);
      if (changes)
        settleAfter(context, 'vpcModify', { collection: VPC_ATTACHMENTS, key, from: 'Modifying', to: 'Attached' });
      return {};
    }),
});
