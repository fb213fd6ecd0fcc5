import { vSwitchesOf } from '../routing/vpc-routes';
import { action } from '../rpc/action';
import { attachedCens } from './attached-cens';
import { vpcOf } from './lookups';
import { FLAG, REGION, REQUIRED } from './parameters';
import { VPN_GATEWAYS, type VpnGatewayRecord } from './records';
import { commonVpcView } from './vpc-view';

export const describeVpcAttribute = action({
  product: 'vpc',
  name: 'DescribeVpcAttribute',
  parameters: { ...REGION, VpcId: REQUIRED, IsDefault: FLAG, DryRun: FLAG },
  handle(context, { VpcId }) {
    const vpc = vpcOf(context, VpcId);
    const owner = Number(context.settings.accountId);
    const gateways = context.state.values<VpnGatewayRecord>(VPN_GATEWAYS).filter(({ vpcId }) => vpcId === vpc.id);
    return {
      ...commonVpcView(context, vpc),
      ClassicLinkEnabled: false,
      SupportIpv4Gateway: false,
      Ipv4GatewayId: '',
      AssociatedCens: {
        AssociatedCen: attachedCens(context.state, vpc.id).map(({ cenId, status }) => ({
          CenId: cenId,
          CenOwnerId: owner,
          CenStatus: status,
        })),
      },
      AssociatedPropagationSources: { AssociatedPropagationSources: [] },
      CloudResources: {
        CloudResourceSetType: [
          { ResourceType: 'VSwitch', ResourceCount: vSwitchesOf(context.state, vpc.id).length },
          { ResourceType: 'VpnGateway', ResourceCount: gateways.length },
        ].filter(({ ResourceCount }) => ResourceCount > 0),
      },
    };
  },
});
