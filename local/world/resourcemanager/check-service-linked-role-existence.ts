import { nameKey, ROLES } from '../ram/records';
import { action } from '../rpc/action';
import { serviceLinkedRole } from './service-linked-roles';

/** In no reference of the service; the console and Serverless Devs ask it, and the latter reads no more than `Exists`. */
export const checkServiceLinkedRoleExistence = action({
  product: 'resourcemanager',
  name: 'CheckServiceLinkedRoleExistence',
  parameters: { ServiceName: { type: 'string', required: true } },
  handle: ({ state }, { ServiceName }) => {
    const definition = serviceLinkedRole(ServiceName);
    return { Exists: definition !== undefined && state.get(ROLES, nameKey(definition.name)) !== undefined };
  },
});
