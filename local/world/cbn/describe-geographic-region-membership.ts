import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { PAGE, REQUIRED } from './parameters';
import { areaNamed, regionsOf } from './regions';

/** The regions of an area. */
export const describeGeographicRegionMembership = action({
  product: 'cbn',
  name: 'DescribeGeographicRegionMembership',
  parameters: { ...PAGE, GeographicRegionId: REQUIRED },
  handle(_, input) {
    const { items, paging } = byNumber(regionsOf(areaNamed(input.GeographicRegionId)), input);
    return { ...paging, RegionIds: { RegionId: items.map((RegionId) => ({ RegionId })) } };
  },
});
