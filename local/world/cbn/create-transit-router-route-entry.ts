import { cidr, parseCidr } from '../../../shared/cidr';
import { action } from '../rpc/action';
import type { Context } from '../world';
import { takeCen } from './cen-lock';
import { unlessDry } from './dry-run';
import { activeRouter, attachmentOf, isAttachedTo } from './lookups';
import { DESCRIPTION, NAME, REQUIRED, TEXT, WRITE } from './parameters';
import { quota } from './quotas';
import { ROUTER_ENTRIES, ROUTER_TABLES, type RouterEntryRecord, type RouterTableRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** A static route. It stands before a learned one to the same block; two static ones to one block are refused. */
export const createTransitRouterRouteEntry = action({
  product: 'cbn',
  name: 'CreateTransitRouterRouteEntry',
  parameters: {
    ...WRITE,
    TransitRouterRouteTableId: REQUIRED,
    TransitRouterRouteEntryDestinationCidrBlock: REQUIRED,
    TransitRouterRouteEntryNextHopType: { type: 'string', required: true, values: ['Attachment', 'BlackHole'] },
    TransitRouterRouteEntryNextHopId: TEXT,
    TransitRouterRouteEntryName: NAME,
    TransitRouterRouteEntryDescription: DESCRIPTION,
  },
  handle: (context, input) =>
    unlessDry(context, input, () => {
      const { state } = context;
      const table = state.get<RouterTableRecord>(ROUTER_TABLES, input.TransitRouterRouteTableId);
      if (!table) throw refusal('InvalidTransitRouterRouteTableId.NotFound');
      takeCen(context, activeRouter(context, table.routerId).cenId);
      if (!parseCidr(input.TransitRouterRouteEntryDestinationCidrBlock))
        throw refusal('IllegalParam.DestinationCidrBlock');
      const destination = cidr(input.TransitRouterRouteEntryDestinationCidrBlock);
      const present = state.values<RouterEntryRecord>(ROUTER_ENTRIES).filter(({ tableId }) => tableId === table.id);
      if (present.some((other) => other.destination === destination))
        throw refusal('OperationFailed.CreateRouteEntryWithSameDestinationCidrBlock');
      if (present.length >= quota(context, 'staticRoutesPerRouterTable'))
        throw refusal('QuotaExceeded.TransitRouterRouteEntry');
      const nextHopType = input.TransitRouterRouteEntryNextHopType;
      const entry: RouterEntryRecord = {
        id: context.newId('rte-'),
        tableId: table.id,
        destination,
        nextHopType,
        nextHopId: nextHopFor(context, table.routerId, nextHopType, input.TransitRouterRouteEntryNextHopId),
        name: input.TransitRouterRouteEntryName ?? '',
        description: input.TransitRouterRouteEntryDescription ?? '',
        status: 'Creating',
        createdAt: context.now,
      };
      state.put(ROUTER_ENTRIES, entry.id, entry);
      settleAfter(context, 'routeEntry', {
        collection: ROUTER_ENTRIES,
        key: entry.id,
        from: 'Creating',
        to: 'Active',
      });
      return { TransitRouterRouteEntryId: entry.id };
    }),
});

function nextHopFor(
  context: Context,
  routerId: string,
  type: RouterEntryRecord['nextHopType'],
  id: string | undefined,
): string | null {
  if (type === 'BlackHole') {
    if (id !== undefined) throw refusal('ParamExclusive.NextHopTypeBlackHoleAndNextHopId');
    return null;
  }
  if (id === undefined) throw refusal('MissingParam.TransitRouterRouteEntryNextHopId');
  const attachment = attachmentOf(context, id);
  if (!attachment || !isAttachedTo(attachment, routerId))
    throw refusal('InvalidTransitRouterRouteEntryNextHopId.NotFound');
  if (attachment.status !== 'Attached') throw refusal('IncorrectStatus.AttachmentOrRouteTable');
  return id;
}
