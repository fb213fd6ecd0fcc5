import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { packageFor } from './bandwidth';
import { PAGE, TEXT } from './parameters';
import { BANDWIDTH_LIMITS, type BandwidthLimitRecord } from './records';
import { spanId, spanOf } from './regions';

export const describeCenInterRegionBandwidthLimits = action({
  product: 'cbn',
  name: 'DescribeCenInterRegionBandwidthLimits',
  parameters: { ...PAGE, CenId: TEXT, TrRegionId: TEXT },
  handle({ state }, input) {
    const limits = state
      .values<BandwidthLimitRecord>(BANDWIDTH_LIMITS)
      .filter(({ cenId }) => (input.CenId ?? cenId) === cenId)
      .filter(({ regions }) => input.TrRegionId === undefined || regions.includes(input.TrRegionId));
    const { items, paging } = byNumber(limits, input);
    return {
      ...paging,
      CenInterRegionBandwidthLimits: {
        CenInterRegionBandwidthLimit: items.map(({ cenId, regions, bandwidthMbps, status }) => ({
          CenId: cenId,
          LocalRegionId: regions[0],
          OppositeRegionId: regions[1],
          BandwidthLimit: bandwidthMbps,
          GeographicSpanId: spanId(spanOf(regions)),
          BandwidthPackageId: packageFor(state, cenId, spanOf(regions))?.id ?? '',
          Status: status,
        })),
      },
    };
  },
});
