/** Temporary credentials that are valid now: what AssumeRole gave, and what Function Compute gives its instances. */
import type { EpochMs } from '../../../shared/clock';
import type { State } from '../state';

/** Key: the access key id. */
export const CREDENTIALS = 'sts.credentials';

export interface CredentialRecord {
  accessKeyId: string;
  secret: string;
  securityToken: string;
  roleArn: string;
  accountId: string;
  expiresAt: EpochMs;
  /** Narrows what the role may; left out where the session was asked for without one. */
  policy?: string;
}

export function findCredential(state: State, accessKeyId: string, now: EpochMs): CredentialRecord | null {
  const found = state.get<CredentialRecord>(CREDENTIALS, accessKeyId);
  return found && found.expiresAt > now ? found : null;
}
