import type { JsonObject } from '../../../shared/json';
import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import type { Context } from '../world';
import { FILTERS, PAGE, TAGS, TEXT } from './parameters';
import { TRANSIT_ROUTERS, type TransitRouterRecord } from './records';
import { routerTime } from './router-time';
import { matchesTags, tagList } from './tags';

/** The one list of the family that pages by number. Basic routers are in it: `Type` tells a CEN's edition by region. */
export const listTransitRouters = action({
  product: 'cbn',
  name: 'ListTransitRouters',
  parameters: {
    ...PAGE,
    CenId: TEXT,
    RegionId: TEXT,
    TransitRouterId: TEXT,
    TransitRouterName: TEXT,
    Status: TEXT,
    Type: TEXT,
    FeatureFilter: FILTERS,
    Tag: TAGS,
  },
  handle(context, input) {
    const routers = context.state
      .values<TransitRouterRecord>(TRANSIT_ROUTERS)
      .filter(({ cenId }) => (input.CenId ?? cenId) === cenId)
      .filter(({ region }) => (input.RegionId ?? region) === region)
      .filter(({ id }) => (input.TransitRouterId ?? id) === id)
      .filter(({ name }) => (input.TransitRouterName ?? name) === name)
      .filter(({ status }) => (input.Status ?? status) === status)
      .filter(({ type }) => (input.Type ?? type) === type)
      .filter(({ tags }) => matchesTags(tags, input.Tag));
    const { items, paging } = byNumber(routers, input);
    return { ...paging, TransitRouters: items.map((router) => view(context, router)) };
  },
});

const view = ({ settings }: Context, router: TransitRouterRecord): JsonObject => ({
  TransitRouterId: router.id,
  CenId: router.cenId,
  RegionId: router.region,
  AliUid: Number(settings.accountId),
  TransitRouterName: router.name,
  TransitRouterDescription: router.description,
  Type: router.type,
  Status: router.status,
  CreationTime: routerTime(router.createdAt),
  SupportMulticast: false,
  TransitRouterCidrList: [],
  Tags: tagList(router.tags),
});
