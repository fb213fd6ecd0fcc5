import { cenRoutes } from '../routing/cen-region-entries';
import { action } from '../rpc/action';
import type { Context } from '../world';
import { PUBLICATION, publishableRoute } from './publishable-route';
import { quota } from './quotas';
import { CENS, type CenRecord, PUBLISHED_ROUTES, type PublishedRouteRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** One destination a call. What is published already stays so. */
export const publishRouteEntries = action({
  product: 'cbn',
  name: 'PublishRouteEntries',
  parameters: PUBLICATION,
  handle(context, input) {
    const { state } = context;
    const { key, vpcId, region, destination, entry, record } = publishableRoute(context, input);
    if (entry === null) {
      // A vSwitch's own route: telling it again takes its withdrawal back.
      if (record) state.delete(PUBLISHED_ROUTES, key);
      return {};
    }
    if (record?.status === 'Published') return {};
    wantRoom(context, input.CenId);
    const published: PublishedRouteRecord = {
      cenId: input.CenId,
      vpcId,
      region,
      routeTableId: input.ChildInstanceRouteTableId,
      destination,
      routeEntryId: entry.id,
      status: 'Publishing',
      publishedAt: context.now,
    };
    state.put(PUBLISHED_ROUTES, key, published);
    settleAfter(context, 'publish', { collection: PUBLISHED_ROUTES, key, from: 'Publishing', to: 'Published' });
    return {};
  },
});

/** A basic CEN holds so many routes, those that are still on their way included. */
function wantRoom(context: Context, cenId: string): void {
  const { state } = context;
  if (state.get<CenRecord>(CENS, cenId)?.edition !== 'Basic') return;
  const coming = state
    .values<PublishedRouteRecord>(PUBLISHED_ROUTES)
    .filter((route) => route.cenId === cenId && route.status === 'Publishing').length;
  if (cenRoutes(state, cenId).length + coming >= quota(context, 'routesPerCen'))
    throw refusal('QuotaExceeded.CenRouteCountExceeded');
}
