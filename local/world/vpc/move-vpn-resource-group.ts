import { action } from '../rpc/action';
import { REGION, REQUIRED } from './parameters';
import { moveToGroup, VPN_KINDS } from './resource-group';

/** Of a VPN gateway, whose connections go with it, or of a customer gateway. */
export const moveVpnResourceGroup = action({
  product: 'vpc',
  name: 'MoveVpnResourceGroup',
  parameters: { ...REGION, ResourceType: REQUIRED, InstanceId: REQUIRED, NewResourceGroupId: REQUIRED },
  handle(context, { ResourceType, InstanceId, NewResourceGroupId }) {
    moveToGroup(context, VPN_KINDS, { type: ResourceType, id: InstanceId, resourceGroupId: NewResourceGroupId });
    return {};
  },
});
