import { action } from '../rpc/action';
import { removeDependants, wantIndependent } from './attachment-dependants';
import { takeCen } from './cen-lock';
import { unlessDry } from './dry-run';
import { FLAG, REQUIRED, WRITE } from './parameters';
import { PEER_ATTACHMENTS, type PeerAttachmentRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** An id that names nothing is answered as success and deletes nothing: whoever must know, lists. */
export const deleteTransitRouterPeerAttachment = action({
  product: 'cbn',
  name: 'DeleteTransitRouterPeerAttachment',
  parameters: { ...WRITE, TransitRouterAttachmentId: REQUIRED, Force: FLAG },
  handle: (context, input) =>
    unlessDry(
      context,
      input,
      () => {
        const { state } = context;
        const key = input.TransitRouterAttachmentId;
        const attachment = state.get<PeerAttachmentRecord>(PEER_ATTACHMENTS, key);
        if (!attachment) return {};
        takeCen(context, attachment.cenId);
        if (attachment.status !== 'Attached') throw refusal('IncorrectStatus.Attachment');
        if (input.Force) removeDependants(context, key);
        else wantIndependent(context, key);
        state.put(PEER_ATTACHMENTS, key, { ...attachment, status: 'Detaching' });
        settleAfter(context, 'peerDetach', { collection: PEER_ATTACHMENTS, key, from: 'Detaching', to: null });
        return {};
      },
      'with the request id',
    ),
});
