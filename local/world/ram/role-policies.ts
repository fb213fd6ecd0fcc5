/** What a role may do: RAM as every request asks it. */

import type { PolicyDocument } from '../authorization/policy-document';
import type { State } from '../state';
import {
  ATTACHMENTS,
  type AttachmentRecord,
  attachmentPrefix,
  nameKey,
  POLICIES,
  type PolicyRecord,
  ROLES,
  type RoleRecord,
} from './records';
import { keptDocument, systemPolicy } from './system-policies';

const ROLE_ARN = /^acs:ram::(\d+):role\/([A-Za-z0-9.@_-]{1,64})$/i;

/** Null where the ARN is no role's of this account's form. */
export function roleNameOf(arn: string): { accountId: string; name: string } | null {
  const [, accountId, name] = ROLE_ARN.exec(arn) ?? [];
  return accountId === undefined || name === undefined ? null : { accountId, name };
}

/** By an ARN in any case: some tools send it in lower case. */
export function findRole(state: State, arn: string): RoleRecord | undefined {
  const named = roleNameOf(arn);
  return named ? state.get<RoleRecord>(ROLES, nameKey(named.name)) : undefined;
}

/** Grows with everything that `rolePolicies` reads: what is derived from it may be cached under it. */
export const policiesVersion = (state: State): number =>
  state.versionOf(ROLES) + state.versionOf(POLICIES) + state.versionOf(ATTACHMENTS);

export const attachmentsOf = (state: State, roleName: string): AttachmentRecord[] => {
  const prefix = attachmentPrefix(roleName);
  return state
    .keysBetween(ATTACHMENTS, prefix, `${prefix.slice(0, -1)}0`)
    .flatMap((key) => state.get<AttachmentRecord>(ATTACHMENTS, key) ?? []);
};

/** The default versions of what is attached; null where there is no such role. */
export function rolePolicies(state: State, arn: string): PolicyDocument[] | null {
  const role = findRole(state, arn);
  if (!role) return null;
  return attachmentsOf(state, role.name).flatMap(({ policyType, policyName }) => {
    const custom = state.get<PolicyRecord>(POLICIES, nameKey(policyName));
    const policy = policyType === 'System' ? systemPolicy(policyName) : custom;
    const version = policy?.versions.find(({ id }) => id === policy.defaultVersion);
    return version === undefined ? [] : [keptDocument(version.document)];
  });
}
