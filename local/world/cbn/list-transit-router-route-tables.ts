import type { JsonObject } from '../../../shared/json';
import { action } from '../rpc/action';
import type { State } from '../state';
import { byToken } from './paging';
import { TAGS, TEXT, TEXTS, TOKEN_PAGE } from './parameters';
import { ROUTER_TABLES, type RouterTableRecord, TRANSIT_ROUTERS, type TransitRouterRecord } from './records';
import { refusal } from './refusals';
import { routerTime } from './router-time';

export const listTransitRouterRouteTables = action({
  product: 'cbn',
  name: 'ListTransitRouterRouteTables',
  parameters: {
    ...TOKEN_PAGE,
    TransitRouterId: TEXT,
    TransitRouterRouteTableIds: TEXTS,
    TransitRouterRouteTableNames: TEXTS,
    TransitRouterRouteTableStatus: TEXT,
    TransitRouterRouteTableType: { type: 'string', values: ['System', 'Custom'] },
    RouteTableOptions: { type: 'object', fields: { MultiRegionECMP: TEXT } },
    Tag: TAGS,
  },
  handle({ state }, input) {
    if (input.TransitRouterId === undefined && input.TransitRouterRouteTableIds === undefined)
      throw refusal('MissingParam.TransitRouterIdOrTransitRouterRouteTables');
    if (input.TransitRouterId !== undefined && !state.get(TRANSIT_ROUTERS, input.TransitRouterId))
      throw refusal('InvalidTransitRouterId.NotFound');
    // Tables carry no tags here, and none uses several regions' equal routes at once.
    const nothing = (input.Tag ?? []).length > 0 || input.RouteTableOptions?.MultiRegionECMP === 'enable';
    const tables = state
      .values<RouterTableRecord>(ROUTER_TABLES)
      .filter(() => !nothing)
      .filter(({ routerId }) => (input.TransitRouterId ?? routerId) === routerId)
      .filter(({ id }) => input.TransitRouterRouteTableIds?.includes(id) ?? true)
      .filter(({ name }) => input.TransitRouterRouteTableNames?.includes(name) ?? true)
      .filter(({ status }) => (input.TransitRouterRouteTableStatus ?? status) === status)
      .filter(({ type }) => (input.TransitRouterRouteTableType ?? type) === type);
    const { items, paging } = byToken(tables, input);
    return { ...paging, TransitRouterRouteTables: items.map((table) => view(state, table)) };
  },
});

const view = (state: State, table: RouterTableRecord): JsonObject => ({
  TransitRouterRouteTableId: table.id,
  TransitRouterRouteTableName: table.name,
  TransitRouterRouteTableDescription: '',
  TransitRouterRouteTableType: table.type,
  TransitRouterRouteTableStatus: table.status,
  TransitRouterId: table.routerId,
  RegionId: state.get<TransitRouterRecord>(TRANSIT_ROUTERS, table.routerId)?.region ?? '',
  CreateTime: routerTime(table.createdAt),
  RouteTableOptions: { MultiRegionECMP: 'disable' },
  Tags: [],
});
