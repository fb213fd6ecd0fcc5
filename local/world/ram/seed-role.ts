/** A role that was there before anybody called: of the account's own, and with all permissions. */
import { createHash } from 'node:crypto';
import type { EpochMs } from '../../../shared/clock';
import type { State } from '../state';
import { keepRole } from './lookups';
import { ATTACHMENTS, type AttachmentRecord, attachmentKey } from './records';

const ADMINISTRATOR = 'AdministratorAccess';

/** It trusts the account and Function Compute. */
export function seedRole(
  state: State,
  { accountId, name, now }: { accountId: string; name: string; now: EpochMs },
): void {
  const Principal = { RAM: [`acs:ram::${accountId}:root`], Service: ['fc.aliyuncs.com'] };
  keepRole(state, {
    name,
    id: roleId(name),
    description: '',
    trustPolicy: JSON.stringify({
      Version: '1',
      Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal }],
    }),
    maxSessionSeconds: 43_200,
    tags: [],
    createdAt: now,
    updatedAt: now,
  });
  state.put(ATTACHMENTS, attachmentKey(name, 'System', ADMINISTRATOR), {
    roleName: name,
    policyType: 'System',
    policyName: ADMINISTRATOR,
    attachedAt: now,
  } satisfies AttachmentRecord);
}

/** Eighteen digits, the first of them a 3; drawn from what is drawn already. */
export const roleId = (drawn: string): string => {
  const number = BigInt(`0x${createHash('sha256').update(drawn).digest('hex').slice(0, 16)}`) % 10n ** 17n;
  return `3${number.toString().padStart(17, '0')}`;
};
