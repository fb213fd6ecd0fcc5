import { action } from '../rpc/action';
import { policyOf, versionOf } from './lookups';
import { POLICY_NAME, POLICY_TYPE } from './parameters';
import { policyView, versionView } from './views';

export const getPolicy = action({
  product: 'ram',
  name: 'GetPolicy',
  parameters: { PolicyName: POLICY_NAME, PolicyType: POLICY_TYPE },
  handle: ({ state }, { PolicyName, PolicyType }) => {
    const policy = policyOf(state, PolicyType, PolicyName);
    return {
      Policy: policyView(state, PolicyType, policy),
      DefaultPolicyVersion: versionView(policy, versionOf(policy, policy.defaultVersion)),
    };
  },
});
