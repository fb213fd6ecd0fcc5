import { action } from '../rpc/action';
import { modifyRule } from './modify-rule';
import { ONE_INGRESS_RULE } from './parameters';

export const modifySecurityGroupRule = action({
  product: 'ecs',
  name: 'ModifySecurityGroupRule',
  parameters: ONE_INGRESS_RULE,
  handle: (context, input) => modifyRule(context, input, 'ingress'),
});
