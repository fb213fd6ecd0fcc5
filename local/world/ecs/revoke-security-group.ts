import { action } from '../rpc/action';
import { revoke } from './change-rules';
import { CLIENT_TOKEN, FLAT_RULE, PERMISSIONS, REQUIRED, TEXT } from './parameters';

export const revokeSecurityGroup = action({
  product: 'ecs',
  name: 'RevokeSecurityGroup',
  parameters: {
    SecurityGroupId: REQUIRED,
    ClientToken: CLIENT_TOKEN,
    SecurityGroupRuleId: { type: 'list', items: TEXT, maximum: 100 },
    Permissions: PERMISSIONS,
    ...FLAT_RULE,
  },
  handle: (context, input) => revoke(context, input, 'ingress'),
});
