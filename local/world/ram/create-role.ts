import { action } from '../rpc/action';
import { keepRole, wantTrustPolicy } from './lookups';
import { DESCRIPTION, MAX_SESSION, ROLE_NAME, TAGS, TRUST_POLICY, tagsOf } from './parameters';
import { quota } from './quotas';
import { nameKey, ROLES, type RoleRecord } from './records';
import { alreadyExists, limitExceeded } from './refusals';
import { roleId } from './seed-role';
import { roleView } from './views';

const DEFAULT_SESSION_SECONDS = 3_600;

/** No ClientToken: a second role of a name is refused, which is what makes a repeat safe. */
export const createRole = action({
  product: 'ram',
  name: 'CreateRole',
  parameters: {
    RoleName: ROLE_NAME,
    AssumeRolePolicyDocument: { ...TRUST_POLICY, required: true },
    Description: DESCRIPTION,
    MaxSessionDuration: MAX_SESSION,
    Tag: TAGS,
  },
  handle: (context, input) => {
    const { state, now } = context;
    if (state.get(ROLES, nameKey(input.RoleName))) throw alreadyExists('Role');
    if (state.size(ROLES) >= quota(context, 'roles')) throw limitExceeded('Role');
    wantTrustPolicy(input.AssumeRolePolicyDocument);
    const role: RoleRecord = {
      name: input.RoleName,
      id: roleId(context.newId('role-')),
      description: input.Description ?? '',
      trustPolicy: input.AssumeRolePolicyDocument,
      maxSessionSeconds: input.MaxSessionDuration ?? DEFAULT_SESSION_SECONDS,
      tags: tagsOf(input.Tag),
      createdAt: now,
      updatedAt: now,
    };
    keepRole(state, role);
    const { UpdateDate: _, ...view } = roleView(context, role);
    return { Role: view };
  },
});
