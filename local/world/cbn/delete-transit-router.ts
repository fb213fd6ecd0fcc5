import { action } from '../rpc/action';
import { takeCen } from './cen-lock';
import { unlessDry } from './dry-run';
import { activeRouter, attachmentsOf, tablesOf } from './lookups';
import { REQUIRED, WRITE } from './parameters';
import { ROUTER_ENTRIES, type RouterEntryRecord, TRANSIT_ROUTERS } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** Its system table goes with it; attachments, custom tables and static routes keep it. */
export const deleteTransitRouter = action({
  product: 'cbn',
  name: 'DeleteTransitRouter',
  parameters: { ...WRITE, TransitRouterId: REQUIRED },
  handle: (context, input) =>
    unlessDry(context, input, () => {
      const { state } = context;
      const router = activeRouter(context, input.TransitRouterId, 'ParameterInstanceId');
      takeCen(context, router.cenId);
      if (attachmentsOf(context, router.id).length > 0) throw refusal('InvalidOperation.AttachedChildInstanceExist');
      const tables = tablesOf(context, router.id);
      const tableIds = new Set(tables.map(({ id }) => id));
      const isStatic = state.values<RouterEntryRecord>(ROUTER_ENTRIES).some(({ tableId }) => tableIds.has(tableId));
      if (isStatic || tables.some(({ type }) => type === 'Custom'))
        throw refusal('OperationFailed.DeleteTransitRouter');
      state.put(TRANSIT_ROUTERS, router.id, { ...router, status: 'Deleting' });
      settleAfter(context, 'routerDelete', {
        collection: TRANSIT_ROUTERS,
        key: router.id,
        from: 'Deleting',
        to: null,
      });
      return {};
    }),
});
