import { cidr, parseCidr } from '../../../shared/cidr';
import { action } from '../rpc/action';
import type { Context } from '../world';
import { takeCen } from './cen-lock';
import { unlessDry } from './dry-run';
import { activeRouter } from './lookups';
import { TEXT, WRITE } from './parameters';
import { ROUTER_ENTRIES, ROUTER_TABLES, type RouterEntryRecord, type RouterTableRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

interface EntryChoice {
  TransitRouterRouteEntryId?: string;
  TransitRouterRouteTableId?: string;
  TransitRouterRouteEntryDestinationCidrBlock?: string;
  TransitRouterRouteEntryNextHopId?: string;
}

/** Static routes only, by id or by table and destination. */
export const deleteTransitRouterRouteEntry = action({
  product: 'cbn',
  name: 'DeleteTransitRouterRouteEntry',
  parameters: {
    ...WRITE,
    TransitRouterRouteEntryId: TEXT,
    TransitRouterRouteTableId: TEXT,
    TransitRouterRouteEntryDestinationCidrBlock: TEXT,
    TransitRouterRouteEntryNextHopType: TEXT,
    TransitRouterRouteEntryNextHopId: TEXT,
  },
  handle: (context, input) =>
    unlessDry(context, input, () => {
      const { state } = context;
      const entry = chosen(context, input);
      const table = state.get<RouterTableRecord>(ROUTER_TABLES, entry.tableId);
      takeCen(context, activeRouter(context, table?.routerId ?? '').cenId);
      if (entry.status !== 'Active') throw refusal('IncorrectStatus.AttachmentOrRouteTable');
      state.put(ROUTER_ENTRIES, entry.id, { ...entry, status: 'Deleting' });
      settleAfter(context, 'routeEntry', {
        collection: ROUTER_ENTRIES,
        key: entry.id,
        from: 'Deleting',
        to: null,
      });
      return {};
    }),
});

function chosen({ state }: Context, input: EntryChoice): RouterEntryRecord {
  const block = input.TransitRouterRouteEntryDestinationCidrBlock ?? '';
  const destination = parseCidr(block) ? cidr(block) : block;
  const entry =
    input.TransitRouterRouteEntryId === undefined
      ? state
          .values<RouterEntryRecord>(ROUTER_ENTRIES)
          .find(
            (other) =>
              other.tableId === input.TransitRouterRouteTableId &&
              other.destination === destination &&
              (input.TransitRouterRouteEntryNextHopId ?? other.nextHopId) === other.nextHopId,
          )
      : state.get<RouterEntryRecord>(ROUTER_ENTRIES, input.TransitRouterRouteEntryId);
  if (!entry) throw refusal('IllegalParam.TransitRouterRouteEntryId');
  return entry;
}
