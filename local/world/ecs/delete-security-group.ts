import { ApiError, action } from '../rpc/action';
import { groupOf, rulesOf } from './lookups';
import { REGION, REQUIRED } from './parameters';
import {
  NETWORK_INTERFACES,
  type NetworkInterfaceRecord,
  SECURITY_GROUPS,
  SECURITY_RULES,
  type SecurityRuleRecord,
} from './records';

/** Refused while an interface carries it or another group's rule names it. */
export const deleteSecurityGroup = action({
  product: 'ecs',
  name: 'DeleteSecurityGroup',
  parameters: { ...REGION, SecurityGroupId: REQUIRED },
  handle: (context, { SecurityGroupId }) => {
    const { state } = context;
    const group = groupOf(context, SecurityGroupId);
    const carried = state
      .values<NetworkInterfaceRecord>(NETWORK_INTERFACES)
      .some(({ securityGroupIds }) => securityGroupIds.includes(group.id));
    const named = state
      .values<SecurityRuleRecord>(SECURITY_RULES)
      .some((rule) => rule.peerGroupId === group.id && rule.groupId !== group.id);
    if (carried || named)
      throw new ApiError(
        403,
        'DependencyViolation',
        'There is still instance(s) or rule(s) in the specified security group.',
      );
    for (const rule of rulesOf(context, group.id)) state.delete(SECURITY_RULES, `${group.id}/${rule.id}`);
    state.delete(SECURITY_GROUPS, group.id);
    return {};
  },
});
