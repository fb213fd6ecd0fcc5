import { action } from '../rpc/action';
import { unlessDry } from './dry-run';
import { ASSOCIATIONS, type AssociationRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { TABLE_ATTACHMENT, tableAttachment } from './table-attachment';

export const dissociateTransitRouterAttachmentFromRouteTable = action({
  product: 'cbn',
  name: 'DissociateTransitRouterAttachmentFromRouteTable',
  parameters: TABLE_ATTACHMENT,
  handle: (context, input) =>
    unlessDry(
      context,
      input,
      () => {
        const { key } = tableAttachment(context, input);
        const association = context.state.get<AssociationRecord>(ASSOCIATIONS, key);
        if (!association) throw refusal('InvalidAssociation.NotFound');
        if (association.status !== 'Active') throw refusal('IncorrectStatus.AttachmentOrRouteTable');
        context.state.put(ASSOCIATIONS, key, { ...association, status: 'Dissociating' });
        settleAfter(context, 'dissociate', { collection: ASSOCIATIONS, key, from: 'Dissociating', to: null });
        return {};
      },
      'with the request id',
    ),
});
