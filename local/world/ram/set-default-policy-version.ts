import { action } from '../rpc/action';
import { customPolicyOf, keepPolicy, versionOf } from './lookups';
import { POLICY_NAME, VERSION_ID } from './parameters';

export const setDefaultPolicyVersion = action({
  product: 'ram',
  name: 'SetDefaultPolicyVersion',
  parameters: { PolicyName: POLICY_NAME, VersionId: VERSION_ID },
  handle: ({ state, now }, { PolicyName, VersionId }) => {
    const policy = customPolicyOf(state, PolicyName);
    const { id } = versionOf(policy, VersionId);
    keepPolicy(state, { ...policy, defaultVersion: id, updatedAt: now });
    return {};
  },
});
