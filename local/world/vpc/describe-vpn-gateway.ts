import { action } from '../rpc/action';
import { vpnGatewayOf } from './lookups';
import { FLAG, REGION, REQUIRED } from './parameters';
import { gatewayView } from './vpn-gateway-view';

export const describeVpnGateway = action({
  product: 'vpc',
  name: 'DescribeVpnGateway',
  parameters: { ...REGION, VpnGatewayId: REQUIRED, IncludeReservationData: FLAG },
  handle: (context, { VpnGatewayId }) => gatewayView(vpnGatewayOf(context, VpnGatewayId)),
});
