import { action } from '../rpc/action';
import { REGION, REQUIRED } from './parameters';
import { moveToGroup, VPC_KINDS } from './resource-group';

/** Of a VPC; the other kinds that the service moves are not modelled. Its vSwitches and tables are where it is. */
export const moveResourceGroup = action({
  product: 'vpc',
  name: 'MoveResourceGroup',
  parameters: { ...REGION, ResourceType: REQUIRED, ResourceId: REQUIRED, NewResourceGroupId: REQUIRED },
  handle(context, { ResourceType, ResourceId, NewResourceGroupId }) {
    moveToGroup(context, VPC_KINDS, { type: ResourceType, id: ResourceId, resourceGroupId: NewResourceGroupId });
    return {};
  },
});
