import { action } from '../rpc/action';
import { REGION, TEXT } from './parameters';
import { zonesOf } from './zones';

/** Where vSwitches can be. */
export const describeZones = action({
  product: 'vpc',
  name: 'DescribeZones',
  parameters: {
    ...REGION,
    AcceptLanguage: TEXT,
    ZoneType: { type: 'string', values: ['AvailabilityZone', 'EdgeZone'] },
  },
  handle: ({ state, region }, { ZoneType = 'AvailabilityZone' }) => ({
    Zones: {
      Zone: (ZoneType === 'EdgeZone' ? [] : zonesOf(state, region)).map((zone) => ({
        ZoneId: zone,
        LocalName: zone,
        ZoneType: 'AvailabilityZone',
      })),
    },
  }),
});
