import { action } from '../rpc/action';
import { wantRouterService } from './lookups';
import { TEXT } from './parameters';

/** An error where the service was never opened; `Enabled` is never anything but `true`. */
export const checkTransitRouterService = action({
  product: 'cbn',
  name: 'CheckTransitRouterService',
  parameters: { ClientToken: TEXT },
  handle(context) {
    wantRouterService(context);
    return { Enabled: 'true' };
  },
});
