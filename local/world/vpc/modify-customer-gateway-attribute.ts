import { action } from '../rpc/action';
import { customerGatewayOf } from './lookups';
import { isPlain } from './names';
import { REGION, REQUIRED, TEXT } from './parameters';
import { CUSTOMER_GATEWAYS, type CustomerGatewayRecord } from './records';
import { refusal } from './refusals';
import { vpnTime } from './times';

/** At once. Its address and its number are for life; the BGP key is taken and shown to nobody, as at its making. */
export const modifyCustomerGatewayAttribute = action({
  product: 'vpc',
  name: 'ModifyCustomerGatewayAttribute',
  parameters: {
    ...REGION,
    CustomerGatewayId: REQUIRED,
    Name: TEXT,
    Description: TEXT,
    AuthKey: { type: 'string', maxLength: 64 },
    ClientToken: TEXT,
  },
  handle(context, input) {
    if (!isPlain(input.Name)) throw refusal('InvalidName');
    if (!isPlain(input.Description)) throw refusal('InvalidDescription');
    const before = customerGatewayOf(context, input.CustomerGatewayId);
    const gateway: CustomerGatewayRecord = {
      ...before,
      name: input.Name ?? before.name,
      description: input.Description ?? before.description,
    };
    context.state.put(CUSTOMER_GATEWAYS, gateway.id, gateway);
    return {
      CustomerGatewayId: gateway.id,
      IpAddress: gateway.ipAddress,
      Name: gateway.name,
      Description: gateway.description,
      CreateTime: vpnTime(gateway.createdAt),
      ResourceGroupId: gateway.resourceGroupId ?? '',
    };
  },
});
