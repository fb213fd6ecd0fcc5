import { action } from '../rpc/action';
import type { Context } from '../world';
import { bandwidthTaken, limitKey, packageFor } from './bandwidth';
import { takeCen } from './cen-lock';
import { REQUIRED } from './parameters';
import { BANDWIDTH_LIMITS, type BandwidthLimitRecord, CHILD_INSTANCES, type ChildInstanceRecord } from './records';
import { refusal } from './refusals';
import { type Span, spanOf } from './regions';
import { settleAfter } from './settle';

/** Basic edition. The pair of regions has no order; 0 takes the limit away, which leaves 1 kbit/s. */
export const setCenInterRegionBandwidthLimit = action({
  product: 'cbn',
  name: 'SetCenInterRegionBandwidthLimit',
  parameters: {
    CenId: REQUIRED,
    LocalRegionId: REQUIRED,
    OppositeRegionId: REQUIRED,
    BandwidthLimit: { type: 'integer', required: true, minimum: 0 },
    BandwidthType: { type: 'string', values: ['BandwidthPackage'] },
  },
  handle(context, input) {
    const { state } = context;
    const cen = takeCen(context, input.CenId, 'ParameterCenInstanceId');
    if (cen.edition !== 'Basic') throw refusal('OperationUnsupported.TransitRouterType');
    const regions = pair(input.LocalRegionId, input.OppositeRegionId);
    wantInstances(context, cen.id, regions);
    const key = limitKey(cen.id, regions);
    const present = state.get<BandwidthLimitRecord>(BANDWIDTH_LIMITS, key);
    if (present?.status === 'Modifying') throw refusal('InvalidOperation.CenInstanceStatus');
    const bandwidthMbps = input.BandwidthLimit;
    if (bandwidthMbps === 0 && !present) return {};
    if (bandwidthMbps > 0) wantBandwidth(context, cen.id, regions, bandwidthMbps);
    const limit: BandwidthLimitRecord = { cenId: cen.id, regions, bandwidthMbps, status: 'Modifying' };
    state.put(BANDWIDTH_LIMITS, key, limit);
    const to = bandwidthMbps === 0 ? null : 'Active';
    settleAfter(context, 'bandwidthLimit', { collection: BANDWIDTH_LIMITS, key, from: 'Modifying', to });
    return {};
  },
});

function pair(local: string, opposite: string): [string, string] {
  if (local === opposite) throw refusal('ParameterIllegal.BandwidthLimit');
  return local < opposite ? [local, opposite] : [opposite, local];
}

function wantInstances({ state }: Context, cenId: string, regions: Span): void {
  const present = state.values<ChildInstanceRecord>(CHILD_INSTANCES).filter((child) => child.cenId === cenId);
  if (regions.some((region) => !present.some((child) => child.region === region)))
    throw refusal('InvalidOperation.NoChildInstanceEitherRegion');
}

function wantBandwidth({ state }: Context, cenId: string, regions: Span, bandwidthMbps: number): void {
  const bought = packageFor(state, cenId, spanOf(regions));
  if (!bought) throw refusal('InvalidOperation.BwpForGeoSpanNotAssociated');
  if (bandwidthTaken(state, bought, limitKey(cenId, regions)) + bandwidthMbps > bought.bandwidthMbps)
    throw refusal('InvalidOperation.BwpBandwidthExceeded');
}
