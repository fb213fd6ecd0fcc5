import { action } from '../rpc/action';
import { policyOf } from './lookups';
import { POLICY_NAME, POLICY_TYPE } from './parameters';
import { versionView } from './views';

export const listPolicyVersions = action({
  product: 'ram',
  name: 'ListPolicyVersions',
  parameters: { PolicyName: POLICY_NAME, PolicyType: POLICY_TYPE },
  handle: ({ state }, { PolicyName, PolicyType }) => {
    const policy = policyOf(state, PolicyType, PolicyName);
    return { PolicyVersions: { PolicyVersion: policy.versions.map((version) => versionView(policy, version)) } };
  },
});
