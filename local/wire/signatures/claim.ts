/**
 * What a request says about who signed it, whatever the scheme; and the one place that judges it. Schemes differ in
 * what they sign (a file each beside this one); the services differ in how they say no (local/wire/<service>/).
 */
import { timingSafeEqual } from 'node:crypto';
import type { Caller } from '../../world/world';

export interface Credential {
  secret: string;
  /** What temporary credentials must send along; null where they are permanent. */
  securityToken: string | null;
  accountId: string;
  roleArn: string | null;
  /** Temporary ones, past their time. */
  expired?: boolean;
}

/** Null where no such key exists. */
export type FindCredential = (accessKeyId: string) => Credential | null;

export interface Claim {
  accessKeyId: string;
  signature: string;
  securityToken: string | null;
  /** What the signature is under a secret. */
  sign(secret: string): string;
  /** When it was signed, in ms; NaN where the time cannot be read. */
  signedAt: number;
  /** When a presigned URL ends, in ms; such a URL is not bound to the clock skew. */
  expiresAt?: number;
}

export type Refusal =
  | 'unsigned'
  | 'malformed'
  | 'unreadable-time'
  | 'unknown-key'
  | 'skewed'
  | 'expired'
  | 'wrong-signature'
  | 'missing-token'
  | 'wrong-token'
  | 'expired-token';

export type Verdict = { ok: true; caller: Caller; secret: string } | { ok: false; refusal: Refusal };

/** The services allow 15 minutes between a client's clock and theirs. */
const SKEW_MS = 15 * 60_000;

/** `now` is real time: the signature carries the client's clock, which no `--speed` moves. */
export function judge(claim: Claim | 'unsigned' | 'malformed', find: FindCredential, now: number): Verdict {
  if (typeof claim === 'string') return { ok: false, refusal: claim };
  const credential = find(claim.accessKeyId);
  const refusal = credential === null ? 'unknown-key' : refusalOf(claim, credential, now);
  if (credential === null || refusal !== null) return { ok: false, refusal: refusal ?? 'unknown-key' };
  const { accountId, roleArn, secret } = credential;
  return { ok: true, caller: { accountId, accessKeyId: claim.accessKeyId, roleArn }, secret };
}

function refusalOf(claim: Claim, credential: Credential, now: number): Refusal | null {
  if (claim.expiresAt !== undefined) {
    if (Number.isNaN(claim.expiresAt)) return 'unreadable-time';
    if (claim.expiresAt < now) return 'expired';
  } else {
    if (Number.isNaN(claim.signedAt)) return 'unreadable-time';
    if (Math.abs(claim.signedAt - now) > SKEW_MS) return 'skewed';
  }
  if (!sameText(claim.sign(credential.secret), claim.signature)) return 'wrong-signature';
  if (credential.securityToken !== claim.securityToken)
    return claim.securityToken === null ? 'missing-token' : 'wrong-token';
  return credential.expired ? 'expired-token' : null;
}

/** In constant time: not needed on loopback, but the code is read as an example. */
function sameText(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}
