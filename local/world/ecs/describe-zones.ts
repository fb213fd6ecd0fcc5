import { action } from '../rpc/action';
import { zonesOf } from '../vpc/zones';
import { LANGUAGE, REGION } from './parameters';

/** What can be made in a zone here is a vSwitch: there are no instances to sell, so no types and no disks are offered. */
export const describeZones = action({
  product: 'ecs',
  name: 'DescribeZones',
  parameters: {
    ...REGION,
    AcceptLanguage: LANGUAGE,
    InstanceChargeType: { type: 'string', values: ['PrePaid', 'PostPaid'] },
    SpotStrategy: { type: 'string', values: ['NoSpot', 'SpotWithPriceLimit', 'SpotAsPriceGo'] },
    Verbose: { type: 'boolean' },
  },
  handle: ({ state, region }, { Verbose = true }) => ({
    Zones: {
      Zone: zonesOf(state, region).map((zone) => ({
        ZoneId: zone,
        LocalName: zone,
        ZoneType: 'AvailabilityZone',
        AvailableResourceCreation: { ResourceTypes: ['VSwitch'] },
        ...(Verbose ? DETAILS : {}),
      })),
    },
  }),
});

const DETAILS = {
  AvailableResources: { ResourcesInfo: [] },
  AvailableInstanceTypes: { InstanceTypes: [] },
  AvailableDiskCategories: { DiskCategories: [] },
  AvailableVolumeCategories: { VolumeCategories: [] },
  AvailableDedicatedHostTypes: { DedicatedHostType: [] },
  DedicatedHostGenerations: { DedicatedHostGeneration: [] },
};
