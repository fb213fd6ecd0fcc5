import { action } from '../rpc/action';
import { authorize } from './change-rules';
import { CLIENT_TOKEN, EGRESS_RULES, REGION, REQUIRED } from './parameters';

export const authorizeSecurityGroupEgress = action({
  product: 'ecs',
  name: 'AuthorizeSecurityGroupEgress',
  parameters: { ...REGION, SecurityGroupId: REQUIRED, ClientToken: CLIENT_TOKEN, ...EGRESS_RULES },
  handle: (context, input) => authorize(context, input, 'egress'),
});
