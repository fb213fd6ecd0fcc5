import { action } from '../rpc/action';
import { takeCen } from './cen-lock';
import { unlessDry } from './dry-run';
import { activeRouter } from './lookups';
import { DESCRIPTION, NAME, REQUIRED, WRITE } from './parameters';
import { TRANSIT_ROUTERS } from './records';
import { refusal } from './refusals';

/** Name and description; they change at once. */
export const updateTransitRouter = action({
  product: 'cbn',
  name: 'UpdateTransitRouter',
  parameters: {
    ...WRITE,
    RegionId: REQUIRED,
    TransitRouterId: REQUIRED,
    TransitRouterName: NAME,
    TransitRouterDescription: DESCRIPTION,
  },
  handle: (context, input) =>
    unlessDry(context, input, () => {
      const router = activeRouter(context, input.TransitRouterId);
      if (router.region !== input.RegionId) throw refusal('IllegalParam.RegionId');
      takeCen(context, router.cenId);
      context.state.put(TRANSIT_ROUTERS, router.id, {
        ...router,
        name: input.TransitRouterName ?? router.name,
        description: input.TransitRouterDescription ?? router.description,
      });
      return {};
    }),
});
