import { action } from '../rpc/action';
import { PUBLICATION, publishableRoute } from './publishable-route';
import { PUBLISHED_ROUTES, type PublishedRouteRecord } from './records';
import { settleAfter } from './settle';

/** Not the code of other writes on a CEN: Terraform, which withdraws many at once, knows this one here and no other. */
const BUSY = 'InvalidOperation.CenInstanceStatus';

/** What is not published stays so. A vSwitch's own route can be withdrawn too. */
export const withdrawPublishedRouteEntries = action({
  product: 'cbn',
  name: 'WithdrawPublishedRouteEntries',
  parameters: PUBLICATION,
  handle(context, input) {
    const { state } = context;
    const { key, vpcId, region, destination, entry, record } = publishableRoute(context, input, BUSY);
    if (entry === null) {
      if (record) return {};
      const withdrawn: PublishedRouteRecord = {
        cenId: input.CenId,
        vpcId,
        region,
        routeTableId: input.ChildInstanceRouteTableId,
        destination,
        routeEntryId: null,
        status: 'Withdrawing',
        publishedAt: context.now,
      };
      state.put(PUBLISHED_ROUTES, key, withdrawn);
      settleAfter(context, 'withdraw', { collection: PUBLISHED_ROUTES, key, from: 'Withdrawing', to: 'Withdrawn' });
      return {};
    }
    if (!record) return {};
    state.put(PUBLISHED_ROUTES, key, { ...record, status: 'Withdrawing' });
    settleAfter(context, 'withdraw', { collection: PUBLISHED_ROUTES, key, from: 'Withdrawing', to: null });
    return {};
  },
});
