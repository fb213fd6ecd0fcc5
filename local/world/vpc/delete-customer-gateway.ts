import { action } from '../rpc/action';
import { customerGatewayOf } from './lookups';
import { REGION, REQUIRED, TEXT } from './parameters';
import { CUSTOMER_GATEWAYS, VPN_CONNECTIONS, type VpnConnectionRecord } from './records';
import { refusal } from './refusals';

/** Not while a tunnel leads to it. */
export const deleteCustomerGateway = action({
  product: 'vpc',
  name: 'DeleteCustomerGateway',
  parameters: { ...REGION, CustomerGatewayId: REQUIRED, ClientToken: TEXT },
  handle(context, { CustomerGatewayId }) {
    const { state } = context;
    const gateway = customerGatewayOf(context, CustomerGatewayId);
    const isUsed = state
      .values<VpnConnectionRecord>(VPN_CONNECTIONS)
      .some(({ tunnels }) => tunnels.some((tunnel) => tunnel.customerGatewayId === gateway.id));
    if (isUsed) throw refusal('DependencyViolation.VpnConnection');
    state.delete(CUSTOMER_GATEWAYS, gateway.id);
    return {};
  },
});
