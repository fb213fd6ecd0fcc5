import { action } from '../rpc/action';
import { authorize } from './change-rules';
import { CLIENT_TOKEN, INGRESS_RULES, REQUIRED } from './parameters';

export const authorizeSecurityGroup = action({
  product: 'ecs',
  name: 'AuthorizeSecurityGroup',
  parameters: { SecurityGroupId: REQUIRED, ClientToken: CLIENT_TOKEN, ...INGRESS_RULES },
  handle: (context, input) => authorize(context, input, 'ingress'),
});
