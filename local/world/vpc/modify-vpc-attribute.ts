import { action } from '../rpc/action';
import { changedBlock } from './address-blocks';
import { vpcOf } from './lookups';
import { isVpcDescription, isVpcName } from './names';
import { FLAG, REQUIRED, TEXT } from './parameters';
import { VPCS, type VpcRecord } from './records';
import { refusal } from './refusals';

/** At once. */
export const modifyVpcAttribute = action({
  product: 'vpc',
  name: 'ModifyVpcAttribute',
  parameters: {
    RegionId: TEXT,
    VpcId: REQUIRED,
    VpcName: TEXT,
    Description: TEXT,
    CidrBlock: TEXT,
    EnableDnsHostname: FLAG,
    EnableIPv6: FLAG,
    Ipv6CidrBlock: TEXT,
    Ipv6Isp: TEXT,
  },
  handle(context, input) {
    const before = vpcOf(context, input.VpcId);
    if (before.status === 'Pending' || before.status === 'Deleting') throw refusal('IncorrectVpcStatus');
    if (!isVpcName(input.VpcName)) throw refusal('InvalidVpcName.Malformed');
    if (!isVpcDescription(input.Description)) throw refusal('InvalidVpcDiscription.Malformed');
    if (input.EnableIPv6 || input.Ipv6CidrBlock || input.Ipv6Isp) throw refusal('OperationUnsupported.Ipv6');
    const vpc: VpcRecord = {
      ...before,
      name: input.VpcName ?? before.name,
      description: input.Description ?? before.description ?? '',
      dnsHostname: input.EnableDnsHostname ?? before.dnsHostname ?? false,
      ...(input.CidrBlock === undefined
        ? {}
        : { cidr: changedBlock(context.state, before, input.CidrBlock), firstCidr: before.firstCidr ?? before.cidr }),
    };
    context.state.put(VPCS, vpc.id, vpc);
    return {};
  },
});
