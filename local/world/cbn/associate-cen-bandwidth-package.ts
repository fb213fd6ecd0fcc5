import { action } from '../rpc/action';
import { takeCen } from './cen-lock';
import { packageOf } from './lookups';
import { REQUIRED } from './parameters';
import { BANDWIDTH_PACKAGES, type BandwidthPackageRecord } from './records';
import { refusal } from './refusals';
import { sameSpan } from './regions';
import { settleAfter } from './settle';

/** Bound at once, in use a moment later. */
export const associateCenBandwidthPackage = action({
  product: 'cbn',
  name: 'AssociateCenBandwidthPackage',
  parameters: { CenId: REQUIRED, CenBandwidthPackageId: REQUIRED },
  handle(context, input) {
    const { state } = context;
    const cen = takeCen(context, input.CenId, 'ParameterCenInstanceId');
    const record = packageOf(context, input.CenBandwidthPackageId);
    if (record.cenId !== null || record.status !== 'Idle') throw refusal('InvalidOperation.BwpInstanceStatus');
    const sameThere = state
      .values<BandwidthPackageRecord>(BANDWIDTH_PACKAGES)
      .some((other) => other.cenId === cen.id && sameSpan(other.areas, record.areas));
    if (sameThere) throw refusal('InvalidOperation.BwpForGeoSpanAlreadyAssociated');
    state.put(BANDWIDTH_PACKAGES, record.id, { ...record, cenId: cen.id });
    settleAfter(context, 'packageAssociate', {
      collection: BANDWIDTH_PACKAGES,
      key: record.id,
      from: 'Idle',
      to: 'InUse',
    });
    return {};
  },
});
