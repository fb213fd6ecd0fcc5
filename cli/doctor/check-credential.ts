/** Whether the key is good, and of the account that the configuration says: everything else rests on it. */
import * as z from 'zod';
import type { Cloud } from '../../shared/engine/cloud';
import type { Target } from '../connection';
import { failedCheck, type IdentityType, onceMore } from './failed-check';
import { type Finding, ok } from './finding';

const identitySchema = z.object({
  IdentityType: z.enum(['Account', 'RAMUser', 'AssumedRoleUser']),
  AccountId: z.string(),
  Arn: z.string(),
});

export interface CheckedCredential {
  finding: Finding;
  identity: IdentityType;
}

export async function checkCredential({ accountId }: Target, cloud: Cloud): Promise<CheckedCredential> {
  const subject = 'credential';
  try {
    const identity = identitySchema.parse(
      await onceMore(() => cloud.call({ service: 'sts', region: null, action: 'GetCallerIdentity', parameters: {} })),
    );
    const { IdentityType: type, AccountId, Arn } = identity;
    if (AccountId === accountId) return { finding: ok('credential-valid', subject, `valid: ${Arn}`), identity: type };
    const finding: Finding = {
      state: 'error',
      code: 'account-different',
      subject,
      message: `the key is of account ${AccountId}, and TRUNKLINE_ACCOUNT_ID says ${accountId}`,
      remedy: `set TRUNKLINE_ACCOUNT_ID=${AccountId}, or use a key of ${accountId}`,
    };
    return { finding, identity: type };
  } catch (error) {
    // Told as what it is about, whichever service was asked.
    return { finding: { ...failedCheck(error, subject, 'RAMUser'), subject }, identity: 'RAMUser' };
  }
}
