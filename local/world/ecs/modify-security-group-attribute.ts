import { action } from '../rpc/action';
import { groupOf } from './lookups';
import { GROUP_DESCRIPTION, GROUP_NAME, REGION, REQUIRED } from './parameters';
import { SECURITY_GROUPS, type SecurityGroupRecord } from './records';

/** Its name and description, at once. */
export const modifySecurityGroupAttribute = action({
  product: 'ecs',
  name: 'ModifySecurityGroupAttribute',
  parameters: {
    ...REGION,
    SecurityGroupId: REQUIRED,
    SecurityGroupName: GROUP_NAME,
    Description: GROUP_DESCRIPTION,
  },
  handle: (context, { SecurityGroupId, SecurityGroupName, Description }) => {
    const before = groupOf(context, SecurityGroupId);
    const name = SecurityGroupName ?? before.name;
    const description = Description ?? before.description;
    context.state.put(SECURITY_GROUPS, before.id, { ...before, name, description } satisfies SecurityGroupRecord);
    return {};
  },
});
