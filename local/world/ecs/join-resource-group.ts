import { ApiError, action } from '../rpc/action';
import { groupNamed } from '../vpc/resource-group';
import { REQUIRED, TEXT } from './parameters';
import { SECURITY_GROUPS, type SecurityGroupRecord } from './records';

/** Of a security group, at once. Instances and interfaces come with the account, and are in no group. */
export const joinResourceGroup = action({
  product: 'ecs',
  name: 'JoinResourceGroup',
  parameters: { RegionId: TEXT, ResourceType: REQUIRED, ResourceId: REQUIRED, ResourceGroupId: REQUIRED },
  handle: ({ state, region }, { ResourceType, ResourceId, ResourceGroupId }) => {
    // The service minds the case of this one.
    if (ResourceType !== 'securitygroup')
      throw new ApiError(404, 'InvalidResourceType.NotFound', 'The specified resource type is not supported.');
    const group = state.get<SecurityGroupRecord>(SECURITY_GROUPS, ResourceId);
    if (group?.region !== region)
      throw new ApiError(404, 'InvalidResourceId.NotFound', 'The ResourceId provided does not exist in our records.');
    state.put(SECURITY_GROUPS, group.id, { ...group, ...groupNamed(ResourceGroupId) });
    return {};
  },
});
