import * as z from 'zod';
import type { Cloud } from '../../engine/cloud';
import { numberedPages } from '../all-pages';
import { text } from '../parse-response';

const customerGateway = z.object({ CustomerGatewayId: z.string(), IpAddress: z.string(), Name: text });
export type CustomerGatewayReading = z.infer<typeof customerGateway>;

const listing = z.object({
  TotalCount: z.number(),
  CustomerGateways: z.object({ CustomerGateway: z.array(customerGateway) }),
});

/** All of the region, or the one of that id. */
export const listCustomerGateways = (cloud: Cloud, region: string, id?: string): Promise<CustomerGatewayReading[]> =>
  numberedPages(
    cloud,
    { service: 'vpc', region, action: 'DescribeCustomerGateways', parameters: { CustomerGatewayId: id } },
    { schema: listing, items: ({ CustomerGateways }) => CustomerGateways.CustomerGateway, pageSize: 50 },
  );
