import { action } from '../rpc/action';
import { unlessDry } from './dry-run';
import { PROPAGATIONS, type PropagationRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { TABLE_ATTACHMENT, tableAttachment } from './table-attachment';

export const disableTransitRouterRouteTablePropagation = action({
  product: 'cbn',
  name: 'DisableTransitRouterRouteTablePropagation',
  parameters: TABLE_ATTACHMENT,
  handle: (context, input) =>
    unlessDry(context, input, () => {
      const { key } = tableAttachment(context, input);
      const propagation = context.state.get<PropagationRecord>(PROPAGATIONS, key);
      if (!propagation) throw refusal('InvalidPropagation.NotFound');
      if (propagation.status !== 'Active') throw refusal('IncorrectStatus.AttachmentOrRouteTable');
      context.state.put(PROPAGATIONS, key, { ...propagation, status: 'Disabling' });
      settleAfter(context, 'stopPropagating', { collection: PROPAGATIONS, key, from: 'Disabling', to: null });
      return {};
    }),
});
