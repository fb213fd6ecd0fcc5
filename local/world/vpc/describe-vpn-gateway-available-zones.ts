import { action } from '../rpc/action';
import { REGION, REQUIRED, TEXT } from './parameters';
import { zonesOf } from './zones';

/** Every zone of the region. */
export const describeVpnGatewayAvailableZones = action({
  product: 'vpc',
  name: 'DescribeVpnGatewayAvailableZones',
  parameters: {
    ...REGION,
    /** `5M` and so on; every specification stands in every zone. */
    Spec: { ...REQUIRED, pattern: /^\d{1,4}M?$/ },
    AcceptLanguage: { type: 'string', values: ['zh-CN', 'en-US', 'ja'] },
    GatewayType: TEXT,
  },
  handle: ({ state, region }) => ({
    RegionId: region,
    AvailableZoneIdList: zonesOf(state, region).map((zone) => ({ ZoneId: zone, ZoneName: zone })),
  }),
});
