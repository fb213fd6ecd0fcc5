import { action } from '../rpc/action';
import { attachmentsTo, customPolicyOf } from './lookups';
import { POLICY_NAME } from './parameters';
import { nameKey, POLICIES } from './records';
import { deleteConflict } from './refusals';

/** Its versions go with it where that is asked for; its attachments never do. */
export const deletePolicy = action({
  product: 'ram',
  name: 'DeletePolicy',
  parameters: { PolicyName: POLICY_NAME, CascadingDelete: { type: 'boolean' } },
  handle: ({ state }, { PolicyName, CascadingDelete }) => {
    const { name, versions } = customPolicyOf(state, PolicyName);
    if (attachmentsTo(state, 'Custom', name).length > 0) throw deleteConflict('Policy.Role');
    if (versions.length > 1 && !CascadingDelete) throw deleteConflict('Policy.Version');
    state.delete(POLICIES, nameKey(name));
    return {};
  },
});
