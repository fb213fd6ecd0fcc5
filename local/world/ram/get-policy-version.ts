import { action } from '../rpc/action';
import { policyOf, versionOf } from './lookups';
import { POLICY_NAME, POLICY_TYPE, VERSION_ID } from './parameters';
import { versionView } from './views';

export const getPolicyVersion = action({
  product: 'ram',
  name: 'GetPolicyVersion',
  parameters: { PolicyName: POLICY_NAME, PolicyType: POLICY_TYPE, VersionId: VERSION_ID },
  handle: ({ state }, { PolicyName, PolicyType, VersionId }) => {
    const policy = policyOf(state, PolicyType, PolicyName);
    return { PolicyVersion: versionView(policy, versionOf(policy, VersionId)) };
  },
});
