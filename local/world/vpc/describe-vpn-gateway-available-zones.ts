import { action } from '../rpc/action';
import { regionOf } from './lookups';
import { REGION, REQUIRED, TEXT } from './parameters';
import { VSWITCHES, type VSwitchRecord } from './records';

/** Every zone that the account's file puts a vSwitch into: it knows no others. */
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
  handle({ state, region }) {
    const zones = state
      .values<VSwitchRecord>(VSWITCHES)
      .filter(({ vpcId }) => regionOf(state, vpcId) === region)
      .map(({ zone }) => zone);
    return {
      RegionId: region,
      AvailableZoneIdList: [...new Set(zones)].sort().map((zone) => ({ ZoneId: zone, ZoneName: zone })),
    };
  },
});
