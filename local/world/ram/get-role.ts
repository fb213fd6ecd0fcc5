import { action } from '../rpc/action';
import { roleOf } from './lookups';
import { ROLE_NAME } from './parameters';
import { roleView } from './views';

export const getRole = action({
  product: 'ram',
  name: 'GetRole',
  parameters: { RoleName: ROLE_NAME },
  handle: (context, { RoleName }) => ({ Role: roleView(context, roleOf(context.state, RoleName)) }),
});
