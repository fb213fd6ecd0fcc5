import { action } from '../rpc/action';
import { packageOf } from './lookups';
import { DESCRIPTION, NAME, REQUIRED } from './parameters';
import { BANDWIDTH_PACKAGES, type BandwidthPackageRecord } from './records';

/** At once. */
export const modifyCenBandwidthPackageAttribute = action({
  product: 'cbn',
  name: 'ModifyCenBandwidthPackageAttribute',
  parameters: { CenBandwidthPackageId: REQUIRED, Name: NAME, Description: DESCRIPTION },
  handle(context, input) {
    const before = packageOf(context, input.CenBandwidthPackageId);
    const record: BandwidthPackageRecord = {
      ...before,
      name: input.Name ?? before.name,
      description: input.Description ?? before.description ?? '',
    };
    context.state.put(BANDWIDTH_PACKAGES, record.id, record);
    return {};
  },
});
