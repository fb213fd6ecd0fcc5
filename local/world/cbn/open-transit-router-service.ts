import { action } from '../rpc/action';
import { TEXT } from './parameters';
import { OPENED_SERVICES, type OpenedServiceRecord } from './records';

/** Once an account, free of charge. Opening it again changes nothing. */
export const openTransitRouterService = action({
  product: 'cbn',
  name: 'OpenTransitRouterService',
  parameters: { ClientToken: TEXT },
  handle(context) {
    const present = context.state.get<OpenedServiceRecord>(OPENED_SERVICES, 'transit-router');
    const opened: OpenedServiceRecord = present ?? { name: 'transit-router', openedAt: context.now };
    context.state.put(OPENED_SERVICES, opened.name, opened);
    return { OrderId: String(opened.openedAt) };
  },
});
