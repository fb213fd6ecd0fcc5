import { action } from '../rpc/action';
import { keepRole, roleOf, wantTrustPolicy } from './lookups';
import { DESCRIPTION, MAX_SESSION, ROLE_NAME, TRUST_POLICY } from './parameters';
import { roleView } from './views';

/** What is left out stays as it is. */
export const updateRole = action({
  product: 'ram',
  name: 'UpdateRole',
  parameters: {
    RoleName: ROLE_NAME,
    NewAssumeRolePolicyDocument: TRUST_POLICY,
    NewDescription: DESCRIPTION,
    NewMaxSessionDuration: MAX_SESSION,
  },
  handle: (context, input) => {
    const standing = roleOf(context.state, input.RoleName);
    if (input.NewAssumeRolePolicyDocument !== undefined) wantTrustPolicy(input.NewAssumeRolePolicyDocument);
    const role = {
      ...standing,
      trustPolicy: input.NewAssumeRolePolicyDocument ?? standing.trustPolicy,
      description: input.NewDescription ?? standing.description,
      maxSessionSeconds: input.NewMaxSessionDuration ?? standing.maxSessionSeconds,
      updatedAt: context.now,
    };
    keepRole(context.state, role);
    return { Role: roleView(context, role) };
  },
});
