import { action } from '../rpc/action';
import { takeCen } from './cen-lock';
import { attachmentsOf, routersOf, tablesOf } from './lookups';
import { REQUIRED } from './parameters';
import {
  BANDWIDTH_PACKAGES,
  type BandwidthPackageRecord,
  CENS,
  CHILD_INSTANCES,
  type ChildInstanceRecord,
  ROUTER_ENTRIES,
  type RouterEntryRecord,
} from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** Empty routers go with their CEN; anything attached, bound or made by hand keeps it. */
export const deleteCen = action({
  product: 'cbn',
  name: 'DeleteCen',
  parameters: { CenId: REQUIRED },
  handle(context, input) {
    const { state } = context;
    const cen = takeCen(context, input.CenId, 'ParameterCenInstanceId');
    const routers = routersOf(context, cen.id);
    const tables = routers.flatMap((router) => tablesOf(context, router.id));
    if (
      state.values<ChildInstanceRecord>(CHILD_INSTANCES).some(({ cenId }) => cenId === cen.id) ||
      routers.some((router) => attachmentsOf(context, router.id).length > 0)
    )
      throw refusal('InvalidOperation.AttachedChildInstanceExist');
    if (state.values<BandwidthPackageRecord>(BANDWIDTH_PACKAGES).some(({ cenId }) => cenId === cen.id))
      throw refusal('InvalidOperation.BwpAssociated');
    if (tables.some(({ type }) => type === 'Custom')) throw refusal('OperationFailed.DeleteCenWithCustomRouteTable');
    const tableIds = new Set(tables.map(({ id }) => id));
    if (state.values<RouterEntryRecord>(ROUTER_ENTRIES).some(({ tableId }) => tableIds.has(tableId)))
      throw refusal('OperationFailed.DeleteCenWithRouteEntry');
    state.put(CENS, cen.id, { ...cen, status: 'Deleting' });
    settleAfter(context, 'cenDelete', { collection: CENS, key: cen.id, from: 'Deleting', to: null });
    return {};
  },
});
