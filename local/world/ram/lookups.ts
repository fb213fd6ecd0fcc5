/** Finding what RAM keeps, or refusing it in the service's words. */
import { parseNewPolicyDocument } from '../authorization/policy-document';
import { parseTrustPolicy } from '../authorization/trust-policy';
import type { State } from '../state';
import {
  ATTACHMENTS,
  type AttachmentRecord,
  nameKey,
  POLICIES,
  type PolicyRecord,
  type PolicyType,
  type PolicyVersion,
  ROLES,
  type RoleRecord,
} from './records';
import { malformed, notExist } from './refusals';
import { systemPolicy } from './system-policies';

export function roleOf(state: State, name: string): RoleRecord {
  const role = state.get<RoleRecord>(ROLES, nameKey(name));
  if (!role) throw notExist('Role');
  return role;
}

export function customPolicyOf(state: State, name: string): PolicyRecord {
  const policy = state.get<PolicyRecord>(POLICIES, nameKey(name));
  if (!policy) throw notExist('Policy');
  return policy;
}

/** The service's own have one version, and no time that anybody here could know. */
export function policyOf(state: State, type: PolicyType, name: string): PolicyRecord {
  if (type === 'Custom') return customPolicyOf(state, name);
  const found = systemPolicy(name);
  if (!found) throw notExist('Policy');
  return found;
}

export function versionOf(policy: PolicyRecord, id: string): PolicyVersion {
  const version = policy.versions.find((each) => each.id === id);
  if (!version) throw notExist('Policy.Version');
  return version;
}

export const keepRole = (state: State, role: RoleRecord): void => state.put(ROLES, nameKey(role.name), role);

export const keepPolicy = (state: State, policy: PolicyRecord): void =>
  state.put(POLICIES, nameKey(policy.name), policy);

export const attachmentsTo = (state: State, type: PolicyType, name: string): AttachmentRecord[] =>
  state
    .values<AttachmentRecord>(ATTACHMENTS)
    .filter(({ policyType, policyName }) => policyType === type && nameKey(policyName) === nameKey(name));

export function wantPolicyDocument(text: string): void {
  const parsed = parseNewPolicyDocument(text);
  if (!parsed.ok) throw malformed(parsed.problem);
}

export function wantTrustPolicy(text: string): void {
  const parsed = parseTrustPolicy(text);
  if (!parsed.ok) throw malformed(parsed.problem);
}
