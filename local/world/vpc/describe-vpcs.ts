import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { FLAG, PAGE, REGION, TAGS, TEXT } from './parameters';
import { VPCS, type VpcRecord } from './records';
import { isInGroup } from './resource-group';
import { matchesTags } from './tags';
import { vpcListView } from './vpc-view';

/** `VpcId` names up to twenty, with commas between them. */
export const describeVpcs = action({
  product: 'vpc',
  name: 'DescribeVpcs',
  parameters: {
    ...REGION,
    ...PAGE,
    VpcId: TEXT,
    VpcName: TEXT,
    VpcOwnerId: { type: 'integer' },
    IsDefault: FLAG,
    EnableIpv6: FLAG,
    DhcpOptionsSetId: TEXT,
    ResourceGroupId: TEXT,
    Tag: TAGS,
    DryRun: FLAG,
  },
  handle(context, input) {
    const named = input.VpcId?.split(',').map((id) => id.trim());
    // None is the default one, and none speaks IPv6.
    const none = input.IsDefault === true || input.EnableIpv6 === true;
    const vpcs = context.state
      .values<VpcRecord>(VPCS)
      .filter(({ region }) => region === context.region && !none)
      .filter(({ id, name }) => (named?.includes(id) ?? true) && (input.VpcName ?? name) === name)
      .filter((vpc) => isInGroup(vpc, input.ResourceGroupId))
      .filter(({ tags }) => matchesTags(tags, input.Tag));
    const { items, paging } = byNumber(vpcs, input);
    return { ...paging, Vpcs: { Vpc: items.map((vpc) => vpcListView(context, vpc)) } };
  },
});
