import { action } from '../rpc/action';
import { roleOf } from './lookups';
import { ROLE_NAME } from './parameters';
import { nameKey, ROLES } from './records';
import { deleteConflict } from './refusals';
import { attachmentsOf } from './role-policies';

export const deleteRole = action({
  product: 'ram',
  name: 'DeleteRole',
  parameters: { RoleName: ROLE_NAME },
  handle: ({ state }, { RoleName }) => {
    const { name } = roleOf(state, RoleName);
    if (attachmentsOf(state, name).length > 0) throw deleteConflict('Role.Policy');
    state.delete(ROLES, nameKey(name));
    return {};
  },
});
