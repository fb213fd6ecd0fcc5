import { cenRegionEntries } from '../routing/cen-region-entries';
import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { REQUIRED, ROUTE_PAGE } from './parameters';
import { CENS } from './records';
import { refusal } from './refusals';

/** CEN's own table of a region, basic edition. */
export const describeCenRegionDomainRouteEntries = action({
  product: 'cbn',
  name: 'DescribeCenRegionDomainRouteEntries',
  parameters: {
    ...ROUTE_PAGE,
    CenId: REQUIRED,
    CenRegionId: REQUIRED,
    Status: { type: 'string', values: ['Active', 'Candidate', 'Rejected', 'Prohibited', 'All'] },
  },
  handle({ state }, input) {
    if (!state.get(CENS, input.CenId)) throw refusal('ParameterCenInstanceId');
    const wanted = input.Status ?? 'Active';
    const entries = cenRegionEntries(state, input.CenId, input.CenRegionId).filter(
      ({ status }) => wanted === 'All' || wanted === status,
    );
    const { items, paging } = byNumber(entries, input);
    return {
      ...paging,
      CenRouteEntries: {
        CenRouteEntry: items.map((entry) => ({
          DestinationCidrBlock: entry.destination,
          NextHopType: 'VPC',
          NextHopInstanceId: entry.vpcId,
          NextHopRegionId: entry.region,
          Type: entry.type,
          Status: entry.status,
          Preference: 50,
          ToOtherRegionStatus: entry.status === 'Active' ? 'Active' : 'Prohibited',
          CenRouteMapRecords: { CenRouteMapRecord: [] },
          CenOutRouteMapRecords: { CenOutRouteMapRecord: [] },
          Communities: { Community: [] },
          AsPaths: { AsPath: [] },
        })),
      },
    };
  },
});
