import { findCredential } from '../../../../local/world/sts/credentials';
import { epochMs } from '../../../../shared/clock';
import { ACCOUNT_ID, localAccount } from '../rpc/local-account';

interface Assumed {
  AssumedRoleUser: { Arn: string };
  Credentials: { AccessKeyId: string; AccessKeySecret: string; SecurityToken: string; Expiration: string };
}

const ROLE = `acs:ram::${ACCOUNT_ID}:role/network-admin`;
const SESSION = { RoleArn: ROLE, RoleSessionName: 'test' };
const sts = () => localAccount('sts', { roles: ['network-admin'] });
const assume = (local: ReturnType<typeof sts>, more = {}): Assumed =>
  local.call('AssumeRole', { ...SESSION, ...more }) as unknown as Assumed;

test('the credentials of a role can be found by their key, and say whose they are', () => {
  const local = sts();
  const { AssumedRoleUser, Credentials } = assume(local);
  expect(AssumedRoleUser.Arn).toBe(`acs:ram::${ACCOUNT_ID}:assumed-role/network-admin/test`);
  expect(Credentials.AccessKeyId).toMatch(/^STS\./);
  expect(Credentials.Expiration).toBe('2026-11-22T01:00:00Z');
  expect(findCredential(local.world.state, Credentials.AccessKeyId, local.now())).toEqual({
    accessKeyId: Credentials.AccessKeyId,
    secret: Credentials.AccessKeySecret,
    securityToken: Credentials.SecurityToken,
    roleArn: ROLE,
    accountId: ACCOUNT_ID,
    expiresAt: local.now() + 3_600_000,
    expired: false,
  });
});

test('they are found as expired from the moment that they are', () => {
  const local = sts();
  const { AccessKeyId } = assume(local, { DurationSeconds: '900' }).Credentials;
  const at = (seconds: number) =>
    findCredential(local.world.state, AccessKeyId, epochMs(local.now() + seconds * 1_000))?.expired;
  expect(at(899)).toBe(false);
  expect(at(900)).toBe(true);
});

test('a key that nobody was given is not found', () => {
  const local = sts();
  expect(findCredential(local.world.state, 'STS.unknown', local.now())).toBeNull();
});

test('every session has keys of its own; the same history gives the same', () => {
  const local = sts();
  const keys = [assume(local), assume(local)].map(({ Credentials }) => Credentials);
  expect(new Set(keys.flatMap((each) => [each.AccessKeyId, each.AccessKeySecret, each.SecurityToken])).size).toBe(6);
  const again = sts();
  expect([assume(again), assume(again)].map(({ Credentials }) => Credentials)).toEqual(keys);
});

test.each([
  [
    'an account that is another',
    { RoleArn: 'acs:ram::9999999999999999:role/network-admin' },
    '404 EntityNotExist.Role',
  ],
  ['an ARN of a user', { RoleArn: `acs:ram::${ACCOUNT_ID}:user/me` }, '400 InvalidParameter.RoleArn'],
  ['an ARN that is none', { RoleArn: 'network-admin' }, '400 InvalidParameter.RoleArn'],
  ['no role', { RoleArn: '' }, '400 MissingParameter'],
  ['no name of the session', { RoleSessionName: '' }, '400 MissingParameter'],
  ['a session name of one letter', { RoleSessionName: 'x' }, '400 InvalidParameter'],
  ['a session that is too short', { DurationSeconds: '899' }, '400 InvalidParameter'],
  ['a policy that is too long', { Policy: 'x'.repeat(2_049) }, '400 InvalidParameter'],
])('refused: %s', (_, change, expected) => {
  expect(sts().refused('AssumeRole', { ...SESSION, ...change })).toBe(expected);
});

test('the account itself and a role are told apart', () => {
  const local = sts();
  expect(local.call('GetCallerIdentity')).toEqual({
    IdentityType: 'Account',
    AccountId: ACCOUNT_ID,
    PrincipalId: ACCOUNT_ID,
    UserId: ACCOUNT_ID,
    RoleId: '',
    Arn: `acs:ram::${ACCOUNT_ID}:root`,
  });
  local.as({ roleArn: ROLE, accessKeyId: 'STS.key' });
  expect(local.call('GetCallerIdentity')).toMatchObject({
    IdentityType: 'AssumedRoleUser',
    RoleId: 'network-admin',
    Arn: `acs:ram::${ACCOUNT_ID}:assumed-role/network-admin/STS.key`,
  });
});
