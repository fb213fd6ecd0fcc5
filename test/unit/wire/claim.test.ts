import { type Claim, type Credential, judge } from '../../../local/wire/signatures/claim';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;

const permanent: Credential = { secret: 'secret', securityToken: null, accountId: '1', roleArn: null };
const temporary: Credential = { ...permanent, securityToken: 'token', roleArn: 'acs:ram::1:role/r' };
const stale: Credential = { ...temporary, expired: true };
const find = (id: string) => ({ permanent, temporary, stale })[id] ?? null;

const claim = (parts: Partial<Claim> = {}): Claim => ({
  accessKeyId: 'permanent',
  signature: 'signed with secret',
  securityToken: null,
  signedAt: NOW,
  sign: (secret) => `signed with ${secret}`,
  ...parts,
});

test('a sound claim names its caller', () => {
  expect(judge(claim({ accessKeyId: 'temporary', securityToken: 'token' }), find, NOW)).toEqual({
    ok: true,
    caller: { accountId: '1', accessKeyId: 'temporary', roleArn: 'acs:ram::1:role/r' },
    secret: 'secret',
  });
});

test.each([
  ['signed 15 minutes ago: still within the skew', { signedAt: NOW - 15 * MINUTE }, null],
  ['signed longer ago', { signedAt: NOW - 15 * MINUTE - 1 }, 'skewed'],
  ['signed in the future', { signedAt: NOW + 16 * MINUTE }, 'skewed'],
  ['a time that cannot be read', { signedAt: Number.NaN }, 'unreadable-time'],
  ['a presigned URL of last week that has not ended', { signedAt: Number.NaN, expiresAt: NOW }, null],
  ['a presigned URL that has ended', { expiresAt: NOW - 1 }, 'expired'],
  ['an unknown key, whatever else is wrong', { accessKeyId: 'nobody', signedAt: Number.NaN }, 'unknown-key'],
  ['another secret', { signature: 'signed with other' }, 'wrong-signature'],
  ['a signature of another length', { signature: '' }, 'wrong-signature'],
  ['temporary credentials without their token', { accessKeyId: 'temporary' }, 'missing-token'],
  ['temporary credentials with another', { accessKeyId: 'temporary', securityToken: 'other' }, 'wrong-token'],
  ['a token where none belongs', { securityToken: 'token' }, 'wrong-token'],
  ['temporary credentials past their time', { accessKeyId: 'stale', securityToken: 'token' }, 'expired-token'],
  [
    'the same with a wrong signature: who cannot sign learns nothing',
    { accessKeyId: 'stale', signature: '' },
    'wrong-signature',
  ],
])('%s', (_, parts, refusal) => {
  const verdict = judge(claim(parts), find, NOW);
  expect(verdict.ok ? null : verdict.refusal).toBe(refusal);
});

test.each(['unsigned', 'malformed'] as const)('%s stays what it is', (refusal) => {
  expect(judge(refusal, find, NOW)).toEqual({ ok: false, refusal });
});
