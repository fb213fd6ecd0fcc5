import { action } from '../rpc/action';
import { bandwidthTaken } from './bandwidth';
import { takeCen } from './cen-lock';
import { packageOf } from './lookups';
import { REQUIRED } from './parameters';
import { BANDWIDTH_PACKAGES } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** Unbound at once, idle a moment later. */
export const unassociateCenBandwidthPackage = action({
  product: 'cbn',
  name: 'UnassociateCenBandwidthPackage',
  parameters: { CenId: REQUIRED, CenBandwidthPackageId: REQUIRED },
  handle(context, input) {
    const { state } = context;
    const cen = takeCen(context, input.CenId, 'ParameterCenInstanceId');
    const record = packageOf(context, input.CenBandwidthPackageId);
    if (record.cenId !== cen.id || record.status !== 'InUse') throw refusal('InvalidOperation.BwpInstanceStatus');
    if (bandwidthTaken(state, record) > 0) throw refusal('InvalidOperation.CenBandwidthLimitsNotZero');
    state.put(BANDWIDTH_PACKAGES, record.id, { ...record, cenId: null });
    settleAfter(context, 'packageUnassociate', {
      collection: BANDWIDTH_PACKAGES,
      key: record.id,
      from: 'InUse',
      to: 'Idle',
    });
    return {};
  },
});
