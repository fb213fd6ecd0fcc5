import { action } from '../rpc/action';
import { customerGatewayView } from './customer-gateway-view';
import { customerGatewayOf } from './lookups';
import { REGION, REQUIRED } from './parameters';

export const describeCustomerGateway = action({
  product: 'vpc',
  name: 'DescribeCustomerGateway',
  parameters: { ...REGION, CustomerGatewayId: REQUIRED },
  handle: (context, { CustomerGatewayId }) => customerGatewayView(customerGatewayOf(context, CustomerGatewayId)),
});
