import { ApiError, action } from '../rpc/action';
import { groupOf } from './lookups';
import { CLIENT_TOKEN, REGION, REQUIRED } from './parameters';
import { SECURITY_GROUPS, type SecurityGroupRecord } from './records';
import { enterpriseRefusal } from './rule-input';

/** Whether the group's members reach each other, in any case of letters. An enterprise group's is for life. */
export const modifySecurityGroupPolicy = action({
  product: 'ecs',
  name: 'ModifySecurityGroupPolicy',
  parameters: { ...REGION, SecurityGroupId: REQUIRED, InnerAccessPolicy: REQUIRED, ClientToken: CLIENT_TOKEN },
  handle: (context, { SecurityGroupId, InnerAccessPolicy }) => {
    const group = groupOf(context, SecurityGroupId);
    const policy = InnerAccessPolicy.toLowerCase();
    if (policy !== 'accept' && policy !== 'drop')
      throw new ApiError(
        400,
        'InvalidPolicy.Malformed',
        "The Policy is invalid. Only 'Accept' and 'Drop' are supported. Ignore case.",
      );
    // That the code of a rule's policy is this one's too is unverified.
    if (group.type === 'enterprise') throw enterpriseRefusal();
    const innerAccess = policy === 'accept' ? 'Accept' : 'Drop';
    context.state.put(SECURITY_GROUPS, group.id, { ...group, innerAccess } satisfies SecurityGroupRecord);
    return {};
  },
});
