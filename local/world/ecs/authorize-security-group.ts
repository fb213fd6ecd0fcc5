import { action } from '../rpc/action';
import { authorize } from './change-rules';
import { CLIENT_TOKEN, FLAT_RULE, PERMISSIONS, REQUIRED } from './parameters';

export const authorizeSecurityGroup = action({
  product: 'ecs',
  name: 'AuthorizeSecurityGroup',
  parameters: { SecurityGroupId: REQUIRED, ClientToken: CLIENT_TOKEN, Permissions: PERMISSIONS, ...FLAT_RULE },
  handle: (context, input) => authorize(context, input, 'ingress'),
});
