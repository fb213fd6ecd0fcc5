import { action } from '../rpc/action';
import { packageOf } from './lookups';
import { REQUIRED } from './parameters';
import { BANDWIDTH_PACKAGES } from './records';
import { refusal } from './refusals';

/** Of one that is bound to no CEN; a prepaid one stays until its time is over. */
export const deleteCenBandwidthPackage = action({
  product: 'cbn',
  name: 'DeleteCenBandwidthPackage',
  parameters: { CenBandwidthPackageId: REQUIRED },
  handle(context, input) {
    const record = packageOf(context, input.CenBandwidthPackageId);
    if (record.cenId !== null || record.status !== 'Idle') throw refusal('InvalidOperation.BwpInstanceStatus');
    if (record.chargeType === 'PREPAY' && (record.expiresAt ?? Number.POSITIVE_INFINITY) > context.now)
      throw refusal('Forbidden.Release');
    context.state.delete(BANDWIDTH_PACKAGES, record.id);
    return {};
  },
});
