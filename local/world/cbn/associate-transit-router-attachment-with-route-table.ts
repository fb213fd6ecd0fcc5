import { action } from '../rpc/action';
import { unlessDry } from './dry-run';
import { tablesOf } from './lookups';
import { ASSOCIATIONS, type AssociationRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { TABLE_ATTACHMENT, tableAttachment } from './table-attachment';

/** Which table forwards what enters from the attachment: one on a router, so a peer attachment has one at either end. */
export const associateTransitRouterAttachmentWithRouteTable = action({
  product: 'cbn',
  name: 'AssociateTransitRouterAttachmentWithRouteTable',
  parameters: TABLE_ATTACHMENT,
  handle: (context, input) =>
    unlessDry(context, input, () => {
      const { table, attachment, key } = tableAttachment(context, input);
      const { state } = context;
      const ofRouter = tablesOf(context, table.routerId).map(({ id }) => `${attachment.id}/${id}`);
      if (ofRouter.some((other) => state.get(ASSOCIATIONS, other)))
        throw refusal('AssociationExist.TransitRouterTable');
      const association: AssociationRecord = {
        attachmentId: attachment.id,
        tableId: table.id,
        status: 'Associating',
      };
      state.put(ASSOCIATIONS, key, association);
      settleAfter(context, 'associate', { collection: ASSOCIATIONS, key, from: 'Associating', to: 'Active' });
      return {};
    }),
});
