import { action } from '../rpc/action';
import { customPolicyOf, keepPolicy, versionOf } from './lookups';
import { POLICY_NAME, VERSION_ID } from './parameters';
import { deleteConflict } from './refusals';

export const deletePolicyVersion = action({
  product: 'ram',
  name: 'DeletePolicyVersion',
  parameters: { PolicyName: POLICY_NAME, VersionId: VERSION_ID },
  handle: ({ state, now }, { PolicyName, VersionId }) => {
    const policy = customPolicyOf(state, PolicyName);
    const doomed = versionOf(policy, VersionId);
    if (doomed.id === policy.defaultVersion) throw deleteConflict('Policy.Version.Default');
    keepPolicy(state, { ...policy, versions: policy.versions.filter(({ id }) => id !== doomed.id), updatedAt: now });
    return {};
  },
});
