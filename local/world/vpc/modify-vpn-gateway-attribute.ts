import { action } from '../rpc/action';
import { FLAG, REGION, REQUIRED, TEXT, VPN_NAME } from './parameters';
import { VPN_GATEWAYS, type VpnGatewayRecord } from './records';
import { takeGateway } from './take-gateway';
import { gatewayView } from './vpn-gateway-view';

/** Not for bandwidth: no action changes it. */
export const modifyVpnGatewayAttribute = action({
  product: 'vpc',
  name: 'ModifyVpnGatewayAttribute',
  parameters: {
    ...REGION,
    VpnGatewayId: REQUIRED,
    Name: VPN_NAME,
    Description: VPN_NAME,
    AutoPropagate: FLAG,
    ClientToken: TEXT,
  },
  handle(context, input) {
    const before = takeGateway(context, input.VpnGatewayId);
    const gateway: VpnGatewayRecord = {
      ...before,
      name: input.Name ?? before.name,
      description: input.Description ?? before.description,
      autoPropagate: input.AutoPropagate ?? before.autoPropagate,
      status: 'updating',
    };
    context.state.put(VPN_GATEWAYS, gateway.id, gateway);
    const view = gatewayView(gateway);
    return {
      ...Object.fromEntries(ANSWERED.flatMap((field) => (view[field] === undefined ? [] : [[field, view[field]]]))),
      IntranetIp: gateway.interfaces[0]?.address ?? '',
    };
  },
});

/** Fewer fields than the descriptions have. */
const ANSWERED = [
  'VpnGatewayId',
  'VpcId',
  'VSwitchId',
  'DisasterRecoveryVSwitchId',
  'InternetIp',
  'DisasterRecoveryInternetIp',
  'SslVpnInternetIp',
  'CreateTime',
  'EndTime',
  'Spec',
  'Name',
  'Description',
  'Status',
  'BusinessStatus',
  'EnableBgp',
  'AutoPropagate',
  'ResourceGroupId',
] as const;
