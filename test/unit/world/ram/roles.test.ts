import { roleTrusts } from '../../../../local/world/ram/trust';
import { ACCOUNT_ID, localAccount } from '../rpc/local-account';

const trust = (...Service: string[]) =>
  JSON.stringify({ Version: '1', Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service } }] });
const ROLE = { RoleName: 'Trunkline-Intake', AssumeRolePolicyDocument: trust('fc.aliyuncs.com') };
const NAMED = { RoleName: 'trunkline-intake' };
const ram = () => localAccount('ram');

test('a role is answered as it was made, its ARN in lower case', () => {
  const local = ram();
  const { Role } = local.call('CreateRole', { ...ROLE, Description: 'reads files', MaxSessionDuration: '7200' });
  expect(Role).toEqual({
    RoleId: expect.stringMatching(/^3\d{17}$/),
    RoleName: 'Trunkline-Intake',
    Arn: `acs:ram::${ACCOUNT_ID}:role/trunkline-intake`,
    Description: 'reads files',
    AssumeRolePolicyDocument: ROLE.AssumeRolePolicyDocument,
    MaxSessionDuration: 7_200,
    CreateDate: '2026-11-22T00:00:00Z',
  });
  expect(local.call('GetRole', NAMED)).toEqual({ Role: { ...(Role as object), UpdateDate: '2026-11-22T00:00:00Z' } });
});

test('an update changes what it names, and when', () => {
  const local = ram();
  local.call('CreateRole', { ...ROLE, Description: 'kept' });
  local.wait(60);
  local.call('UpdateRole', { ...NAMED, NewAssumeRolePolicyDocument: trust('oss.aliyuncs.com') });
  expect(local.call('GetRole', NAMED)['Role']).toMatchObject({
    Description: 'kept',
    MaxSessionDuration: 3_600,
    AssumeRolePolicyDocument: trust('oss.aliyuncs.com'),
    CreateDate: '2026-11-22T00:00:00Z',
    UpdateDate: '2026-11-22T00:01:00Z',
  });
});

test('lists come in pages, by names, and by tags where they are asked for', () => {
  const local = ram();
  for (const RoleName of ['c', 'A', 'b'])
    local.call('CreateRole', { ...ROLE, RoleName, 'Tag.1.Key': 'for', 'Tag.1.Value': RoleName });
  const names = (parameters: Record<string, string>) => {
    const { Roles, IsTruncated, Marker } = local.call('ListRoles', parameters) as unknown as {
      Roles: { Role: { RoleName: string }[] };
      IsTruncated: boolean;
      Marker?: string;
    };
    return { names: Roles.Role.map(({ RoleName }) => RoleName), IsTruncated, Marker };
  };
  const first = names({ MaxItems: '2' });
  expect(first).toEqual({ names: ['A', 'b'], IsTruncated: true, Marker: expect.any(String) });
  expect(names({ Marker: first.Marker ?? '' })).toEqual({ names: ['c'], IsTruncated: false, Marker: undefined });
  expect(names({ 'Tag.1.Key': 'for', 'Tag.1.Value': 'b' }).names).toEqual(['b']);
  expect(names({ 'Tag.1.Key': 'for' }).names).toEqual(['A', 'b', 'c']);
});

test('a role goes only without policies', () => {
  const local = ram();
  local.call('CreateRole', ROLE);
  const attached = { ...NAMED, PolicyType: 'System', PolicyName: 'AliyunOSSFullAccess' };
  local.call('AttachPolicyToRole', attached);
  expect(local.refused('DeleteRole', NAMED)).toBe('409 DeleteConflict.Role.Policy');
  local.call('DetachPolicyFromRole', attached);
  local.call('DeleteRole', NAMED);
  expect(local.refused('GetRole', NAMED)).toBe('404 EntityNotExist.Role');
});

test('the policies of one role are not those of another whose name begins with its', () => {
  const local = ram();
  for (const RoleName of ['step', 'step-tunnel']) local.call('CreateRole', { ...ROLE, RoleName });
  local.call('AttachPolicyToRole', {
    RoleName: 'step-tunnel',
    PolicyType: 'System',
    PolicyName: 'AliyunVPCFullAccess',
  });
  expect(local.call('ListPoliciesForRole', { RoleName: 'step' })).toEqual({ Policies: { Policy: [] } });
});

test.each([
  ['a second role of a name, in any case', 'CreateRole', { ...ROLE, ...NAMED }, '409 EntityAlreadyExists.Role'],
  [
    'a trust policy that is none',
    'CreateRole',
    { ...ROLE, RoleName: 'r', AssumeRolePolicyDocument: '{}' },
    '400 MalformedPolicyDocument',
  ],
  [
    'a new trust policy that is none',
    'UpdateRole',
    { ...NAMED, NewAssumeRolePolicyDocument: '[' },
    '400 MalformedPolicyDocument',
  ],
  ['a name with a space', 'CreateRole', { ...ROLE, RoleName: 'a b' }, '400 InvalidParameter'],
  ['an update of nobody', 'UpdateRole', { RoleName: 'nobody' }, '404 EntityNotExist.Role'],
  ['the end of nobody', 'DeleteRole', { RoleName: 'nobody' }, '404 EntityNotExist.Role'],
  ['the policies of nobody', 'ListPoliciesForRole', { RoleName: 'nobody' }, '404 EntityNotExist.Role'],
  ['a marker that nobody gave', 'ListRoles', { Marker: '*' }, '400 InvalidParameter.Marker'],
])('refused: %s', (_, action, parameters, expected) => {
  const local = ram();
  local.call('CreateRole', ROLE);
  expect(local.refused(action, parameters)).toBe(expected);
});

test('there are only so many roles', () => {
  const local = localAccount('ram', { quotas: { roles: 1 } });
  local.call('CreateRole', ROLE);
  expect(local.refused('CreateRole', { ...ROLE, RoleName: 'other' })).toBe('409 LimitExceeded.Role');
});

test.each([
  ['a function may take it', `acs:ram::${ACCOUNT_ID}:role/trunkline-intake`, 'fc.aliyuncs.com', 'ok'],
  ['by the name as it was given', `acs:ram::${ACCOUNT_ID}:role/Trunkline-Intake`, 'fc.aliyuncs.com', 'ok'],
  ['OSS may not', `acs:ram::${ACCOUNT_ID}:role/trunkline-intake`, 'oss.aliyuncs.com', 'not-trusted'],
  ['there is no such role', `acs:ram::${ACCOUNT_ID}:role/other`, 'fc.aliyuncs.com', 'no-role'],
  ['an ARN of something else', `acs:ram::${ACCOUNT_ID}:user/trunkline-intake`, 'fc.aliyuncs.com', 'no-role'],
])('a service and a role: %s', (_, arn, service, expected) => {
  const local = ram();
  local.call('CreateRole', ROLE);
  expect(roleTrusts(local.world.state, arn, service)).toBe(expected);
});
