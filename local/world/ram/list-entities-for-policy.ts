import { isoSeconds } from '../../../shared/clock';
import { action } from '../rpc/action';
import { attachmentsTo, policyOf, roleOf } from './lookups';
import { POLICY_NAME, POLICY_TYPE } from './parameters';
import { roleArn } from './records';

/** There are no users and no groups here: their lists stay, empty. */
export const listEntitiesForPolicy = action({
  product: 'ram',
  name: 'ListEntitiesForPolicy',
  parameters: { PolicyType: POLICY_TYPE, PolicyName: POLICY_NAME },
  handle: ({ state, settings }, { PolicyType, PolicyName }) => {
    const { name } = policyOf(state, PolicyType, PolicyName);
    return {
      Users: { User: [] },
      Groups: { Group: [] },
      Roles: {
        Role: attachmentsTo(state, PolicyType, name).map(({ roleName, attachedAt }) => {
          const role = roleOf(state, roleName);
          return {
            RoleId: role.id,
            RoleName: role.name,
            Arn: roleArn(settings.accountId, role.name),
            Description: role.description,
            AttachDate: isoSeconds(attachedAt),
          };
        }),
      },
    };
  },
});
