/** Records as RAM's answers have them. */
import { isoSeconds } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/json';
import type { State } from '../state';
import type { Context } from '../world';
import { attachmentsTo } from './lookups';
import { type PolicyRecord, type PolicyType, type PolicyVersion, type RoleRecord, roleArn } from './records';

/** What lists say of a role: all but whom it trusts. */
export const listedRole = ({ settings }: Context, role: RoleRecord): JsonObject => ({
  RoleId: role.id,
  RoleName: role.name,
  Arn: roleArn(settings.accountId, role.name),
  Description: role.description,
  MaxSessionDuration: role.maxSessionSeconds,
  CreateDate: isoSeconds(role.createdAt),
  UpdateDate: isoSeconds(role.updatedAt),
});

export const roleView = (context: Context, role: RoleRecord): JsonObject => ({
  ...listedRole(context, role),
  AssumeRolePolicyDocument: role.trustPolicy,
});

export const policySummary = (type: PolicyType, policy: PolicyRecord): JsonObject => ({
  PolicyName: policy.name,
  PolicyType: type,
  Description: policy.description,
  DefaultVersion: policy.defaultVersion,
});

export const policyView = (state: State, type: PolicyType, policy: PolicyRecord): JsonObject => ({
  ...policySummary(type, policy),
  AttachmentCount: attachmentsTo(state, type, policy.name).length,
  CreateDate: isoSeconds(policy.createdAt),
  UpdateDate: isoSeconds(policy.updatedAt),
});

export const versionView = (
  { defaultVersion }: PolicyRecord,
  { id, document, createdAt }: PolicyVersion,
): JsonObject => ({
  VersionId: id,
  IsDefaultVersion: id === defaultVersion,
  PolicyDocument: document,
  CreateDate: isoSeconds(createdAt),
});
