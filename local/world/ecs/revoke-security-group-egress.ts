import { action } from '../rpc/action';
import { revoke } from './change-rules';
import { CLIENT_TOKEN, EGRESS_RULES, REGION, REQUIRED, TEXT } from './parameters';

export const revokeSecurityGroupEgress = action({
  product: 'ecs',
  name: 'RevokeSecurityGroupEgress',
  parameters: {
    ...REGION,
    SecurityGroupId: REQUIRED,
    ClientToken: CLIENT_TOKEN,
    SecurityGroupRuleId: { type: 'list', items: TEXT, maximum: 100 },
    ...EGRESS_RULES,
  },
  handle: (context, input) => revoke(context, input, 'egress'),
});
