/** Resources of Resource Manager's actions on roles; RAM's own prefix is theirs. */
import type { ResourceTable } from '../rpc/permissions';

export const resourceManagerResources: ResourceTable = {
  CheckServiceLinkedRoleExistence: '*',
  CreateServiceLinkedRole: '*',
};
