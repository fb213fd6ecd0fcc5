/** What RAM keeps. Names are unique without regard to case, and ARNs are in lower case: so are the keys. */
import type { EpochMs } from '../../../shared/clock';

/** Key: the name in lower case. */
export const ROLES = 'ram.roles';

export interface RoleRecord {
  name: string;
  id: string;
  description: string;
  /** AssumeRolePolicyDocument, as sent. */
  trustPolicy: string;
  maxSessionSeconds: number;
  tags: Tag[];
  createdAt: EpochMs;
  updatedAt: EpochMs;
}

/** Custom policies. Key: the name in lower case. */
export const POLICIES = 'ram.policies';

export interface PolicyRecord {
  name: string;
  description: string;
  /** Oldest first; the default one among them. */
  versions: PolicyVersion[];
  defaultVersion: string;
  /** Versions ever made: a deleted one's number is not given again. */
  versionsMade: number;
  tags: Tag[];
  createdAt: EpochMs;
  updatedAt: EpochMs;
}

export interface PolicyVersion {
  /** `v1` */
  id: string;
  /** As sent. */
  document: string;
  createdAt: EpochMs;
}

export interface Tag {
  TagKey: string;
  TagValue: string;
}

export type PolicyType = 'System' | 'Custom';

/** Key: `<role>/<type>/<policy>`, names in lower case. */
export const ATTACHMENTS = 'ram.attachments';

export interface AttachmentRecord {
  roleName: string;
  policyType: PolicyType;
  policyName: string;
  attachedAt: EpochMs;
}

export const nameKey = (name: string): string => name.toLowerCase();

/** All attachments of a role stand between this and its neighbour. */
export const attachmentPrefix = (roleName: string): string => `${nameKey(roleName)}/`;

export const attachmentKey = (roleName: string, policyType: PolicyType, policyName: string): string =>
  `${attachmentPrefix(roleName)}${policyType}/${nameKey(policyName)}`;

export const roleArn = (accountId: string, roleName: string): string =>
  `acs:ram::${accountId}:role/${nameKey(roleName)}`;
