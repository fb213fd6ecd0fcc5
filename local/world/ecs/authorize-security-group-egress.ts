import { action } from '../rpc/action';
import { authorize } from './change-rules';
import { CLIENT_TOKEN, FLAT_RULE, PERMISSIONS, REQUIRED } from './parameters';

export const authorizeSecurityGroupEgress = action({
  product: 'ecs',
  name: 'AuthorizeSecurityGroupEgress',
  parameters: { SecurityGroupId: REQUIRED, ClientToken: CLIENT_TOKEN, Permissions: PERMISSIONS, ...FLAT_RULE },
  handle: (context, input) => authorize(context, input, 'egress'),
});
