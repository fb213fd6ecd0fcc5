import { action } from '../rpc/action';
import { modifyRule } from './modify-rule';
import { ONE_EGRESS_RULE } from './parameters';

export const modifySecurityGroupEgressRule = action({
  product: 'ecs',
  name: 'ModifySecurityGroupEgressRule',
  parameters: ONE_EGRESS_RULE,
  handle: (context, input) => modifyRule(context, input, 'egress'),
});
