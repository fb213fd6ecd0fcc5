import { VERSIONS } from '../../../../local/world/rpc/action';
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

const DOCUMENT = { Version: '1', Statement: [{ Effect: 'Allow', Action: 'oss:*', Resource: '*' }] };

test.each([
  ['a session longer than the role allows', { DurationSeconds: '7200' }, '400 InvalidParameter.DurationSeconds'],
  ['a policy that is none', { Policy: '{}' }, '400 InvalidParameter.PolicyGrammar'],
  ['a policy that is one', { Policy: JSON.stringify(DOCUMENT) }, 'taken'],
])('%s', (_, change, expected) => {
  const local = localAccount('sts');
  createRole(local, { RAM: [`acs:ram::${ACCOUNT_ID}:root`] });
  const asked = { ...SESSION, RoleArn: `acs:ram::${ACCOUNT_ID}:role/Worker`, ...change };
  if (expected === 'taken') expect(local.call('AssumeRole', asked)).toHaveProperty('Credentials');
  else expect(local.refused('AssumeRole', asked)).toBe(expected);
});

const ROOT = `acs:ram::${ACCOUNT_ID}:root`;
const OTHER = `acs:ram::${ACCOUNT_ID}:role/network-admin`;

test.each([
  ['the account, to the account', { RAM: [ROOT] }, null, true],
  ['the account, to a role in it', { RAM: [ROOT] }, OTHER, true],
  ['a role, to that role', { RAM: [OTHER] }, OTHER, true],
  ['a role, to the account', { RAM: [OTHER] }, null, false],
  ['another account', { RAM: ['acs:ram::9999999999999999:root'] }, null, false],
  ['a service, to the account', { Service: ['fc.aliyuncs.com'] }, null, false],
])('a role that trusts %s', (_, principal, roleArn, taken) => {
  const local = localAccount('sts', { roles: ['network-admin'] });
  createRole(local, principal);
  local.as({ roleArn });
  const asked = { ...SESSION, RoleArn: `acs:ram::${ACCOUNT_ID}:role/worker` };
  if (taken) expect(local.call('AssumeRole', asked)).toHaveProperty('Credentials');
  else expect(local.refused('AssumeRole', asked)).toBe('403 NoPermission');
});

/** By RAM's own action, whichever product the account's calls are of. */
function createRole({ world, now }: ReturnType<typeof localAccount>, Principal: object): void {
  const statement = { Action: 'sts:AssumeRole', Effect: 'Allow', Principal };
  const parameters = {
    RoleName: 'worker',
    AssumeRolePolicyDocument: JSON.stringify({ Version: '1', Statement: [statement] }),
  };
  const caller = { accountId: ACCOUNT_ID, accessKeyId: 'key', roleArn: null };
  const input = { product: 'ram', version: VERSIONS.ram, action: 'CreateRole', parameters };
  const { response } = world.handle(now(), { service: 'rpc', caller, input });
  expect(response.output).toMatchObject({ status: 200 });
}
