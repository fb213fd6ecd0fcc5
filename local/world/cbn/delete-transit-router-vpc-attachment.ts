import { action } from '../rpc/action';
import { removeDependants, wantIndependent } from './attachment-dependants';
import { takeCen } from './cen-lock';
import { unlessDry } from './dry-run';
import { FLAG, REQUIRED, WRITE } from './parameters';
import { VPC_ATTACHMENTS, type VpcAttachmentRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { wantSettledRoutes } from './vpc-readiness';

export const deleteTransitRouterVpcAttachment = action({
  product: 'cbn',
  name: 'DeleteTransitRouterVpcAttachment',
  parameters: { ...WRITE, TransitRouterAttachmentId: REQUIRED, Force: FLAG },
  handle: (context, input) =>
    unlessDry(
      context,
      input,
      () => {
        const { state } = context;
        const key = input.TransitRouterAttachmentId;
        const attachment = state.get<VpcAttachmentRecord>(VPC_ATTACHMENTS, key);
        if (!attachment) throw refusal('InvalidTransitRouterAttachmentId.NotFound');
        takeCen(context, attachment.cenId);
        if (attachment.status !== 'Attached') throw refusal('IncorrectStatus.Attachment');
        wantSettledRoutes(context, attachment.vpcId);
        if (input.Force) removeDependants(context, key);
        else wantIndependent(context, key);
        state.put(VPC_ATTACHMENTS, key, { ...attachment, status: 'Detaching' });
        settleAfter(context, 'vpcDetach', { collection: VPC_ATTACHMENTS, key, from: 'Detaching', to: null });
        return {};
      },
      'with the request id',
    ),
});
