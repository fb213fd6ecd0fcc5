import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { customerGatewayView } from './customer-gateway-view';
import { PAGE, REGION, TAGS, TEXT } from './parameters';
import { CUSTOMER_GATEWAYS, type CustomerGatewayRecord } from './records';
import { isInGroup } from './resource-group';
import { matchesTags } from './tags';

export const describeCustomerGateways = action({
  product: 'vpc',
  name: 'DescribeCustomerGateways',
  parameters: { ...REGION, ...PAGE, CustomerGatewayId: TEXT, ResourceGroupId: TEXT, Tag: TAGS },
  handle({ state, region }, input) {
    const gateways = state
      .values<CustomerGatewayRecord>(CUSTOMER_GATEWAYS)
      .filter((gateway) => gateway.region === region && (input.CustomerGatewayId ?? gateway.id) === gateway.id)
      .filter((gateway) => isInGroup(gateway, input.ResourceGroupId))
      .filter(({ tags }) => matchesTags(tags, input.Tag));
    const { items, paging } = byNumber(gateways, input);
    return {
      ...paging,
      CustomerGateways: { CustomerGateway: items.map(customerGatewayView) },
    };
  },
});
