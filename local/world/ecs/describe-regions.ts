import { action } from '../rpc/action';
import { REGIONS } from '../rpc/regions';
import { LANGUAGE, TEXT } from './parameters';

/** Often a client's first question. The endpoints are the service's own; here one port answers for all of them. */
export const describeRegions = action({
  product: 'ecs',
  name: 'DescribeRegions',
  parameters: { AcceptLanguage: LANGUAGE, InstanceChargeType: TEXT, ResourceType: TEXT },
  handle: () => ({
    Regions: {
      Region: REGIONS.map((region) => ({
        RegionId: region,
        LocalName: region,
        RegionEndpoint: `ecs.${region}.aliyuncs.com`,
        Status: 'available',
      })),
    },
  }),
});
