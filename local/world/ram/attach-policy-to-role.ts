import { action } from '../rpc/action';
import { policyOf, roleOf } from './lookups';
import { POLICY_NAME, POLICY_TYPE, RESOURCE_GROUP, ROLE_NAME } from './parameters';
import { quota } from './quotas';
import { ATTACHMENTS, type AttachmentRecord, attachmentKey } from './records';
import { alreadyExists, limitExceeded } from './refusals';
import { attachmentsOf } from './role-policies';

export const attachPolicyToRole = action({
  product: 'ram',
  name: 'AttachPolicyToRole',
  parameters: {
    PolicyType: POLICY_TYPE,
    PolicyName: POLICY_NAME,
    RoleName: ROLE_NAME,
    ResourceGroupId: RESOURCE_GROUP,
  },
  handle: (context, { PolicyType, PolicyName, RoleName }) => {
    const { state, now } = context;
    const role = roleOf(state, RoleName);
    const policy = policyOf(state, PolicyType, PolicyName);
    const attached = attachmentsOf(state, role.name).filter(({ policyType }) => policyType === PolicyType);
    const key = attachmentKey(role.name, PolicyType, policy.name);
    if (state.get(ATTACHMENTS, key)) throw alreadyExists('Role.Policy');
    const most = quota(context, PolicyType === 'System' ? 'systemPoliciesPerRole' : 'customPoliciesPerRole');
    if (attached.length >= most) throw limitExceeded('Role.Policy');
    state.put(ATTACHMENTS, key, {
      roleName: role.name,
      policyType: PolicyType,
      policyName: policy.name,
      attachedAt: now,
    } satisfies AttachmentRecord);
    return {};
  },
});
