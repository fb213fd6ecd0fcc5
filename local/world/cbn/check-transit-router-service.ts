import { action } from '../rpc/action';
import { isOpened } from './lookups';
import { TEXT } from './parameters';
import { refusal } from './refusals';

/** An error, of a code of its own, where the service was never opened; `Enabled` is never anything but `true`. */
export const checkTransitRouterService = action({
  product: 'cbn',
  name: 'CheckTransitRouterService',
  parameters: { ClientToken: TEXT },
  handle(context) {
    if (!isOpened(context, 'transit-router')) throw refusal('USER_NOT_OPEN_TR_SERVICE');
    return { Enabled: 'true' };
  },
});
