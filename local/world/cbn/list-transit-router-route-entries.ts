import type { JsonObject } from '../../../shared/json';
import { type RouterTableEntry, routerTableEntries } from '../routing/router-table-entries';
import { action } from '../rpc/action';
import { byToken } from './paging';
import { FILTERS, REQUIRED, TEXT, TEXTS, TOKEN_PAGE } from './parameters';
import { ROUTER_TABLES } from './records';
import { refusal } from './refusals';
import { exactBlocks, filterRoutes } from './route-filter';
import { routerTime } from './router-time';

const STATUSES = ['All', 'Active', 'Rejected', 'Prohibited', 'Standby', 'Candidate'] as const;

/** What a table holds, learned and static: the list to verify a network by. Active entries unless another is asked for. */
export const listTransitRouterRouteEntries = action({
  product: 'cbn',
  name: 'ListTransitRouterRouteEntries',
  parameters: {
    ...TOKEN_PAGE,
    TransitRouterRouteTableId: REQUIRED,
    TransitRouterRouteEntryStatus: { type: 'string', values: STATUSES },
    TransitRouterRouteEntryType: { type: 'string', values: ['Propagated', 'Static'] },
    TransitRouterRouteEntryDestinationCidrBlock: TEXT,
    TransitRouterRouteEntryIds: TEXTS,
    TransitRouterRouteEntryNames: TEXTS,
    TransitRouterRouteEntryNextHopType: TEXT,
    TransitRouterRouteEntryNextHopId: TEXT,
    TransitRouterRouteEntryNextHopResourceId: TEXT,
    TransitRouterRouteEntryNextHopResourceType: TEXT,
    TransitRouterRouteEntryOriginResourceId: TEXT,
    TransitRouterRouteEntryOriginResourceType: TEXT,
    PrefixListId: TEXT,
    RouteFilter: FILTERS,
  },
  handle({ state }, input) {
    const tableId = input.TransitRouterRouteTableId;
    if (!state.get(ROUTER_TABLES, tableId)) throw refusal('InvalidTransitRouterRouteTableId.NotFound');
    const is = (wanted: string | undefined, field: string): ((entry: JsonObject) => boolean) =>
      wanted === undefined ? () => true : (entry) => entry[field] === wanted;
    const within = (wanted: string[] | undefined, field: string): ((entry: JsonObject) => boolean) =>
      wanted === undefined ? () => true : (entry) => wanted.includes(String(entry[field]));
    const wantedStatus = input.TransitRouterRouteEntryStatus ?? defaultStatus(input.TransitRouterRouteEntryIds);
    const entries = filterRoutes(routerTableEntries(state, tableId, onlyBlocks(input)), input.RouteFilter ?? [])
      .filter(({ status }) => wantedStatus === 'All' || status === wantedStatus)
      .map(view)
      .filter(is(input.TransitRouterRouteEntryType, 'TransitRouterRouteEntryType'))
      .filter(is(input.TransitRouterRouteEntryDestinationCidrBlock, 'TransitRouterRouteEntryDestinationCidrBlock'))
      .filter(is(input.TransitRouterRouteEntryNextHopType, 'TransitRouterRouteEntryNextHopType'))
      .filter(is(input.TransitRouterRouteEntryNextHopId, 'TransitRouterRouteEntryNextHopId'))
      .filter(is(input.TransitRouterRouteEntryNextHopResourceId, 'TransitRouterRouteEntryNextHopResourceId'))
      .filter(is(input.TransitRouterRouteEntryNextHopResourceType, 'TransitRouterRouteEntryNextHopResourceType'))
      .filter(is(input.TransitRouterRouteEntryOriginResourceId, 'TransitRouterRouteEntryOriginResourceId'))
      .filter(is(input.TransitRouterRouteEntryOriginResourceType, 'TransitRouterRouteEntryOriginResourceType'))
      .filter(is(input.PrefixListId, 'PrefixListId'))
      .filter(within(input.TransitRouterRouteEntryIds, 'TransitRouterRouteEntryId'))
      .filter(within(input.TransitRouterRouteEntryNames, 'TransitRouterRouteEntryName'));
    const { items, paging } = byToken(entries, input);
    return { ...paging, TransitRouterRouteEntries: items };
  },
});

/** Callers that poll ask for one block at a time: the rest of the table is not worked out for them. */
function onlyBlocks(input: {
  TransitRouterRouteEntryDestinationCidrBlock?: string;
  RouteFilter?: { Key?: string; Value?: string[] }[];
}): string[] | undefined {
  const { TransitRouterRouteEntryDestinationCidrBlock: block, RouteFilter: filters = [] } = input;
  const [first] = filters;
  if (block !== undefined) return filters.length === 0 ? [block] : undefined;
  return filters.length === 1 && first?.Key === 'PrefixExactMatchCidrs' ? exactBlocks(first.Value ?? []) : undefined;
}

/** Whoever asks by id waits for an entry to come or go, and must see it on its way. */
const defaultStatus = (ids: readonly string[] | undefined): (typeof STATUSES)[number] =>
  ids === undefined ? 'Active' : 'All';

/** Fields that only static, or only learned, entries have are absent from the others, as on the service. */
function view(entry: RouterTableEntry): JsonObject {
  const shown: JsonObject = {
    TransitRouterRouteEntryDestinationCidrBlock: entry.destination,
    TransitRouterRouteEntryType: entry.type,
    TransitRouterRouteEntryStatus: entry.status,
    TransitRouterRouteEntryNextHopType: entry.attachmentId === null ? 'BlackHole' : 'Attachment',
    OperationalMode: entry.record !== null,
    PathAttributes: {
      OriginRouteType: routeType(entry),
      Preference: 50,
      Communities: [],
      AsPaths: [],
      ...(entry.origin && { OriginInstanceId: entry.origin.vpcId, OriginInstanceType: 'VPC' }),
    },
  };
  if (entry.attachmentId !== null) shown['TransitRouterRouteEntryNextHopId'] = entry.attachmentId;
  if (entry.nextHop) {
    shown['TransitRouterRouteEntryNextHopResourceId'] = entry.nextHop.id;
    shown['TransitRouterRouteEntryNextHopResourceType'] = entry.nextHop.type;
  }
  if (entry.origin) {
    shown['TransitRouterRouteEntryOriginResourceId'] = entry.origin.vpcId;
    shown['TransitRouterRouteEntryOriginResourceType'] = 'VPC';
  }
  if (entry.record) {
    shown['TransitRouterRouteEntryId'] = entry.record.id;
    shown['TransitRouterRouteEntryName'] = entry.record.name;
    shown['TransitRouterRouteEntryDescription'] = entry.record.description;
    shown['CreateTime'] = routerTime(entry.record.createdAt);
  }
  return shown;
}

function routeType(entry: RouterTableEntry): string {
  if (entry.record?.nextHopType === 'BlackHole') return 'BlackHole';
  return entry.origin?.routeType ?? 'Static';
}
