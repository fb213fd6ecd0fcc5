/** Temporary credentials: what AssumeRole gave, and what Function Compute gives its instances. */
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
  /** A role of the platform's own, which RAM does not know: `policy` is all that it may. */
  ofPlatform?: true;
}

/** Those that have expired too: the services tell them from keys that there never were. */
export function findCredential(
  state: State,
  accessKeyId: string,
  now: EpochMs,
): (CredentialRecord & { expired: boolean }) | null {
  const found = state.get<CredentialRecord>(CREDENTIALS, accessKeyId);
  return found ? { ...found, expired: found.expiresAt <= now } : null;
}
