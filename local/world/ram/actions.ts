import type { Action } from '../rpc/action';
import { attachPolicyToRole } from './attach-policy-to-role';
import { createPolicy } from './create-policy';
import { createPolicyVersion } from './create-policy-version';
import { createRole } from './create-role';
import { deletePolicy } from './delete-policy';
import { deletePolicyVersion } from './delete-policy-version';
import { deleteRole } from './delete-role';
import { detachPolicyFromRole } from './detach-policy-from-role';
import { getPolicy } from './get-policy';
import { getPolicyVersion } from './get-policy-version';
import { getRole } from './get-role';
import { listEntitiesForPolicy } from './list-entities-for-policy';
import { listPolicies } from './list-policies';
import { listPoliciesForRole } from './list-policies-for-role';
import { listPolicyVersions } from './list-policy-versions';
import { listRoles } from './list-roles';
import { setDefaultPolicyVersion } from './set-default-policy-version';
import { updateRole } from './update-role';

export const ramActions: readonly Action[] = [
  attachPolicyToRole,
  createPolicyVersion,
  createPolicy,
  createRole,
  deletePolicyVersion,
  deletePolicy,
  deleteRole,
  detachPolicyFromRole,
  getPolicyVersion,
  getPolicy,
  getRole,
  listEntitiesForPolicy,
  listPoliciesForRole,
  listPolicies,
  listPolicyVersions,
  listRoles,
  setDefaultPolicyVersion,
  updateRole,
];
