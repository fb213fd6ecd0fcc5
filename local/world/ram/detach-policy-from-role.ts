import { action } from '../rpc/action';
import { policyOf, roleOf } from './lookups';
import { POLICY_NAME, POLICY_TYPE, RESOURCE_GROUP, ROLE_NAME } from './parameters';
import { ATTACHMENTS, attachmentKey } from './records';
import { notExist } from './refusals';

export const detachPolicyFromRole = action({
  product: 'ram',
  name: 'DetachPolicyFromRole',
  parameters: {
    PolicyType: POLICY_TYPE,
    PolicyName: POLICY_NAME,
    RoleName: ROLE_NAME,
    ResourceGroupId: RESOURCE_GROUP,
  },
  handle: ({ state }, { PolicyType, PolicyName, RoleName }) => {
    const key = attachmentKey(roleOf(state, RoleName).name, PolicyType, policyOf(state, PolicyType, PolicyName).name);
    if (!state.get(ATTACHMENTS, key)) throw notExist('Role.Policy');
    state.delete(ATTACHMENTS, key);
    return {};
  },
});
