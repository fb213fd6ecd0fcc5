import { isoSeconds } from '../../../shared/clock';
import { action } from '../rpc/action';
import { policyOf, roleOf } from './lookups';
import { ROLE_NAME } from './parameters';
import { attachmentsOf } from './role-policies';
import { policySummary } from './views';

export const listPoliciesForRole = action({
  product: 'ram',
  name: 'ListPoliciesForRole',
  parameters: { RoleName: ROLE_NAME },
  handle: ({ state }, { RoleName }) => ({
    Policies: {
      Policy: attachmentsOf(state, roleOf(state, RoleName).name).map(({ policyType, policyName, attachedAt }) => ({
        ...policySummary(policyType, policyOf(state, policyType, policyName)),
        AttachDate: isoSeconds(attachedAt),
      })),
    },
  }),
});
