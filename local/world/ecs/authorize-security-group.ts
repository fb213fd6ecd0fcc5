import { action } from '../rpc/action';
import { authorize } from './change-rules';
import { CLIENT_TOKEN, INGRESS_RULES, REGION, REQUIRED } from './parameters';

export const authorizeSecurityGroup = action({
  product: 'ecs',
  name: 'AuthorizeSecurityGroup',
  parameters: { ...REGION, SecurityGroupId: REQUIRED, ClientToken: CLIENT_TOKEN, ...INGRESS_RULES },
  handle: (context, input) => authorize(context, input, 'ingress'),
});
