import { action } from '../rpc/action';
import { bandwidthTaken, packageFor } from './bandwidth';
import { PAGE, REQUIRED } from './parameters';
import { CENS } from './records';
import { refusal } from './refusals';
import { spanNamed } from './regions';

/** In Mbit/s, of the package that a CEN has for two areas; 0 where it has none. Pages are taken, and there is one. */
export const describeCenGeographicSpanRemainingBandwidth = action({
  product: 'cbn',
  name: 'DescribeCenGeographicSpanRemainingBandwidth',
  parameters: { ...PAGE, CenId: REQUIRED, GeographicRegionAId: REQUIRED, GeographicRegionBId: REQUIRED },
  handle({ state }, input) {
    if (state.get(CENS, input.CenId) === undefined) throw refusal('ParameterCenInstanceId');
    const bound = packageFor(state, input.CenId, spanNamed(input.GeographicRegionAId, input.GeographicRegionBId));
    return { RemainingBandwidth: bound ? bound.bandwidthMbps - bandwidthTaken(state, bound) : 0 };
  },
});
