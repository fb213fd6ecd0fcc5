import { action } from '../rpc/action';
import { REGIONS } from '../rpc/regions';
import { TEXT } from './parameters';

/** Often a client's first question. The endpoints are the service's own; here one port answers for all of them. */
export const describeRegions = action({
  product: 'vpc',
  name: 'DescribeRegions',
  parameters: { AcceptLanguage: TEXT, ProductType: { type: 'string', values: ['VBR', 'VPC'] } },
  handle: () => ({
    Regions: {
      Region: REGIONS.map((region) => ({
        RegionId: region,
        LocalName: region,
        RegionEndpoint: `vpc.${region}.aliyuncs.com`,
      })),
    },
  }),
});
