import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { FLAG, PAGE, REGION, TAGS, TEXT } from './parameters';
import { VPN_GATEWAYS, type VpnGatewayRecord } from './records';
import { isInGroup } from './resource-group';
import { matchesTags } from './tags';
import { gatewayView } from './vpn-gateway-view';

export const describeVpnGateways = action({
  product: 'vpc',
  name: 'DescribeVpnGateways',
  parameters: {
    ...REGION,
    ...PAGE,
    VpnGatewayId: TEXT,
    VpcId: TEXT,
    Status: TEXT,
    BusinessStatus: TEXT,
    /** The enhanced kind is by invitation, and not modelled. */
    GatewayType: { type: 'string', values: ['Traditional', 'Enhanced.SiteToSite'] },
    IncludeReservationData: FLAG,
    ResourceGroupId: TEXT,
    Tag: TAGS,
  },
  handle({ state, region }, input) {
    const wanted = (gateway: VpnGatewayRecord): boolean =>
      gateway.region === region &&
      (input.VpnGatewayId ?? gateway.id) === gateway.id &&
      (input.VpcId ?? gateway.vpcId) === gateway.vpcId &&
      (input.Status?.toLowerCase() ?? gateway.status) === gateway.status &&
      (input.BusinessStatus ?? gateway.businessStatus) === gateway.businessStatus &&
      input.GatewayType !== 'Enhanced.SiteToSite' &&
      isInGroup(gateway, input.ResourceGroupId) &&
      matchesTags(gateway.tags, input.Tag);
    const { items, paging } = byNumber(state.values<VpnGatewayRecord>(VPN_GATEWAYS).filter(wanted), input);
    return { ...paging, VpnGateways: { VpnGateway: items.map(gatewayView) } };
  },
});
