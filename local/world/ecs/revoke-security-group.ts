import { action } from '../rpc/action';
import { revoke } from './change-rules';
import { CLIENT_TOKEN, INGRESS_RULES, REGION, REQUIRED, TEXT } from './parameters';

export const revokeSecurityGroup = action({
  product: 'ecs',
  name: 'RevokeSecurityGroup',
  parameters: {
    ...REGION,
    SecurityGroupId: REQUIRED,
    ClientToken: CLIENT_TOKEN,
    SecurityGroupRuleId: { type: 'list', items: TEXT, maximum: 100 },
    ...INGRESS_RULES,
  },
  handle: (context, input) => revoke(context, input, 'ingress'),
});
