import { action } from '../rpc/action';
import { unlessDry } from './dry-run';
import { PROPAGATIONS, type PropagationRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { TABLE_ATTACHMENT, tableAttachment } from './table-attachment';

/** The table learns the attachment's routes. An attachment may be learned by several tables. */
export const enableTransitRouterRouteTablePropagation = action({
  product: 'cbn',
  name: 'EnableTransitRouterRouteTablePropagation',
  parameters: TABLE_ATTACHMENT,
  handle: (context, input) =>
    unlessDry(context, input, () => {
      const { table, attachment, key } = tableAttachment(context, input);
      if (context.state.get(PROPAGATIONS, key)) throw refusal('OperationUnsupported.EnablePropagation');
      const propagation: PropagationRecord = {
        attachmentId: attachment.id,
        tableId: table.id,
        status: 'Enabling',
        createdAt: context.now,
      };
      context.state.put(PROPAGATIONS, key, propagation);
      settleAfter(context, 'propagate', { collection: PROPAGATIONS, key, from: 'Enabling', to: 'Active' });
      return {};
    }),
});
