import { action } from '../rpc/action';
import { bandwidthTaken } from './bandwidth';
import { BANDWIDTH } from './create-cen-bandwidth-package';
import { packageOf } from './lookups';
import { REQUIRED } from './parameters';
import { BANDWIDTH_PACKAGES, type BandwidthPackageRecord } from './records';
import { refusal } from './refusals';

/** At once, and never below what its limits and attachments have of it. */
export const modifyCenBandwidthPackageSpec = action({
  product: 'cbn',
  name: 'ModifyCenBandwidthPackageSpec',
  parameters: { CenBandwidthPackageId: REQUIRED, Bandwidth: BANDWIDTH },
  handle(context, input) {
    const { state } = context;
    const before = packageOf(context, input.CenBandwidthPackageId);
    const bandwidthMbps = input.Bandwidth ?? before.bandwidthMbps;
    if (bandwidthTaken(state, before) > bandwidthMbps) throw refusal('InvalidOperation.BwpBandwidthExceeded');
    state.put(BANDWIDTH_PACKAGES, before.id, { ...before, bandwidthMbps } satisfies BandwidthPackageRecord);
    return {};
  },
});
