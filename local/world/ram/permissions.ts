/** Resources of RAM's own actions. A policy of the service is `acs:ram:*:system:policy/…`. */
import type { ResourceTable } from '../rpc/permissions';

const ROLE = 'role/{RoleName}';
const POLICY = 'policy/{PolicyName}';

export const ramResources: ResourceTable = {
  AttachPolicyToRole: [ROLE, POLICY],
  CreatePolicy: 'policy/*',
  CreatePolicyVersion: POLICY,
  CreateRole: 'role/*',
  DeletePolicy: POLICY,
  DeletePolicyVersion: POLICY,
  DeleteRole: ROLE,
  DetachPolicyFromRole: [ROLE, POLICY],
  GetPolicy: POLICY,
  GetPolicyVersion: POLICY,
  GetRole: ROLE,
  ListEntitiesForPolicy: POLICY,
  ListPolicies: 'policy/*',
  ListPoliciesForRole: ROLE,
  ListPolicyVersions: POLICY,
  ListRoles: 'role/*',
  SetDefaultPolicyVersion: POLICY,
  UpdateRole: ROLE,
};
