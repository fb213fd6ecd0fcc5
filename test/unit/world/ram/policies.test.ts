import { localAccount } from '../rpc/local-account';

const document = (Action: string) =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const POLICY = { PolicyName: 'Trunkline-Intake', PolicyDocument: document('oss:GetObject') };
const NAMED = { PolicyName: 'trunkline-intake' };
const CUSTOM = { ...NAMED, PolicyType: 'Custom' };
const ROLE = {
  RoleName: 'worker',
  AssumeRolePolicyDocument: JSON.stringify({
    Version: '1',
    Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'fc.aliyuncs.com' } }],
  }),
};

function ram(quotas: Record<string, number> = {}) {
  const local = localAccount('ram', { quotas });
  local.call('CreatePolicy', { ...POLICY, Description: 'reads' });
  local.call('CreateRole', ROLE);
  return local;
}
const versions = (local: ReturnType<typeof ram>): string[] =>
  (
    local.call('ListPolicyVersions', CUSTOM) as unknown as {
      PolicyVersions: { PolicyVersion: { VersionId: string; IsDefaultVersion: boolean }[] };
    }
  ).PolicyVersions.PolicyVersion.map(
    ({ VersionId, IsDefaultVersion }) => `${VersionId}${IsDefaultVersion ? ' in force' : ''}`,
  );

test('a policy is answered with the version that is in force', () => {
  expect(ram().call('GetPolicy', CUSTOM)).toEqual({
    Policy: {
      PolicyName: 'Trunkline-Intake',
      PolicyType: 'Custom',
      Description: 'reads',
      DefaultVersion: 'v1',
      AttachmentCount: 0,
      CreateDate: '2026-11-22T00:00:00Z',
      UpdateDate: '2026-11-22T00:00:00Z',
    },
    DefaultPolicyVersion: {
      VersionId: 'v1',
      IsDefaultVersion: true,
      PolicyDocument: POLICY.PolicyDocument,
      CreateDate: '2026-11-22T00:00:00Z',
    },
  });
});

test('a new version waits until it is put in force, and a number is never given twice', () => {
  const local = ram();
  local.call('CreatePolicyVersion', { ...NAMED, PolicyDocument: document('oss:PutObject') });
  expect(versions(local)).toEqual(['v1 in force', 'v2']);
  local.call('SetDefaultPolicyVersion', { ...NAMED, VersionId: 'v2' });
  local.call('DeletePolicyVersion', { ...NAMED, VersionId: 'v1' });
  expect(versions(local)).toEqual(['v2 in force']);
  local.call('CreatePolicyVersion', { ...NAMED, PolicyDocument: document('oss:*'), SetAsDefault: 'true' });
  local.call('DeletePolicyVersion', { ...NAMED, VersionId: 'v2' });
  local.call('CreatePolicyVersion', { ...NAMED, PolicyDocument: document('oss:*') });
  expect(versions(local)).toEqual(['v3 in force', 'v4']);
  expect(local.call('GetPolicyVersion', { ...CUSTOM, VersionId: 'v3' })['PolicyVersion']).toMatchObject({
    PolicyDocument: document('oss:*'),
    IsDefaultVersion: true,
  });
});

test('the sixth version is refused, or takes the place of the oldest that is not in force', () => {
  const local = ram();
  const more = { ...NAMED, PolicyDocument: document('oss:*') };
  for (let count = 2; count <= 5; count += 1) local.call('CreatePolicyVersion', more);
  expect(local.refused('CreatePolicyVersion', more)).toBe('409 LimitExceeded.Policy.Version');
  const RotateStrategy = 'DeleteOldestNonDefaultVersionWhenLimitExceeded';
  local.call('CreatePolicyVersion', { ...more, RotateStrategy });
  expect(versions(local)).toEqual(['v1 in force', 'v3', 'v4', 'v5', 'v6']);
});

test('what is attached is listed from both sides', () => {
  const local = ram();
  local.call('AttachPolicyToRole', { ...CUSTOM, RoleName: 'Worker' });
  local.call('AttachPolicyToRole', { PolicyType: 'System', PolicyName: 'AliyunFCFullAccess', RoleName: 'worker' });
  expect(local.call('ListPoliciesForRole', { RoleName: 'worker' })).toMatchObject({
    Policies: {
      Policy: [
        {
          PolicyName: 'Trunkline-Intake',
          PolicyType: 'Custom',
          DefaultVersion: 'v1',
          AttachDate: '2026-11-22T00:00:00Z',
        },
        { PolicyName: 'AliyunFCFullAccess', PolicyType: 'System', DefaultVersion: 'v1' },
      ],
    },
  });
  expect(local.call('ListEntitiesForPolicy', CUSTOM)).toMatchObject({
    Users: { User: [] },
    Groups: { Group: [] },
    Roles: { Role: [{ RoleName: 'worker', AttachDate: '2026-11-22T00:00:00Z' }] },
  });
  expect(local.call('GetPolicy', CUSTOM)['Policy']).toMatchObject({ AttachmentCount: 1 });
});

test('a policy goes only when nobody has it, and its versions with it where that is asked for', () => {
  const local = ram();
  const attached = { ...CUSTOM, RoleName: 'worker' };
  local.call('AttachPolicyToRole', attached);
  local.call('CreatePolicyVersion', { ...NAMED, PolicyDocument: document('oss:*') });
  expect(local.refused('DeletePolicy', { ...NAMED, CascadingDelete: 'true' })).toBe('409 DeleteConflict.Policy.Role');
  local.call('DetachPolicyFromRole', attached);
  expect(local.refused('DeletePolicy', NAMED)).toBe('409 DeleteConflict.Policy.Version');
  local.call('DeletePolicy', { ...NAMED, CascadingDelete: 'true' });
  expect(local.refused('GetPolicy', CUSTOM)).toBe('404 EntityNotExist.Policy');
});

test('the service’s own policies are listed with the account’s, or apart', () => {
  const names = (parameters: Record<string, string>) =>
    (
      ram().call('ListPolicies', parameters) as unknown as { Policies: { Policy: { PolicyName: string }[] } }
    ).Policies.Policy.map(({ PolicyName }) => PolicyName);
  expect(names({ PolicyType: 'Custom' })).toEqual(['Trunkline-Intake']);
  expect(names({ PolicyType: 'System' })).toContain('AliyunFCFullAccess');
  expect(names({ MaxItems: '2' })).toEqual(['AdministratorAccess', 'AliyunCENFullAccess']);
  expect(names({}).at(-1)).toBe('Trunkline-Intake');
});

test.each([
  ['a second policy of a name', 'CreatePolicy', { ...POLICY, ...NAMED }, '409 EntityAlreadyExists.Policy'],
  [
    'a name of the service’s own',
    'CreatePolicy',
    { ...POLICY, PolicyName: 'AliyunOSSFullAccess' },
    '409 EntityAlreadyExists.Policy',
  ],
  ['a document that is none', 'CreatePolicy', { PolicyName: 'p', PolicyDocument: '{}' }, '400 MalformedPolicyDocument'],
  ['a version that is none', 'CreatePolicyVersion', { ...NAMED, PolicyDocument: '{}' }, '400 MalformedPolicyDocument'],
  [
    'a document that is too long',
    'CreatePolicy',
    { PolicyName: 'p', PolicyDocument: 'x'.repeat(6_145) },
    '400 InvalidParameter',
  ],
  ['a version of nothing', 'CreatePolicyVersion', { ...POLICY, PolicyName: 'other' }, '404 EntityNotExist.Policy'],
  [
    'a version that there is not',
    'GetPolicyVersion',
    { ...CUSTOM, VersionId: 'v2' },
    '404 EntityNotExist.Policy.Version',
  ],
  [
    'the same, put in force',
    'SetDefaultPolicyVersion',
    { ...NAMED, VersionId: 'v2' },
    '404 EntityNotExist.Policy.Version',
  ],
  [
    'the end of the version in force',
    'DeletePolicyVersion',
    { ...NAMED, VersionId: 'v1' },
    '409 DeleteConflict.Policy.Version.Default',
  ],
  [
    'a change of the service’s own',
    'CreatePolicyVersion',
    { PolicyName: 'AliyunOSSFullAccess', PolicyDocument: document('*') },
    '404 EntityNotExist.Policy',
  ],
  ['a policy of another type', 'GetPolicy', { ...NAMED, PolicyType: 'System' }, '404 EntityNotExist.Policy'],
  ['an attachment to nobody', 'AttachPolicyToRole', { ...CUSTOM, RoleName: 'nobody' }, '404 EntityNotExist.Role'],
  [
    'an attachment of nothing',
    'AttachPolicyToRole',
    { ...CUSTOM, PolicyName: 'other', RoleName: 'worker' },
    '404 EntityNotExist.Policy',
  ],
  [
    'the end of an attachment that there is not',
    'DetachPolicyFromRole',
    { ...CUSTOM, RoleName: 'worker' },
    '404 EntityNotExist.Role.Policy',
  ],
])('refused: %s', (_, action, parameters, expected) => {
  expect(ram().refused(action, parameters)).toBe(expected);
});

test('a policy is attached once', () => {
  const local = ram();
  local.call('AttachPolicyToRole', { ...CUSTOM, RoleName: 'worker' });
  expect(local.refused('AttachPolicyToRole', { ...CUSTOM, RoleName: 'worker' })).toBe(
    '409 EntityAlreadyExists.Role.Policy',
  );
});

test.each([
  ['policies', { customPolicies: 1 }, 'CreatePolicy', { ...POLICY, PolicyName: 'other' }, '409 LimitExceeded.Policy'],
  [
    'policies of a role',
    { customPoliciesPerRole: 0 },
    'AttachPolicyToRole',
    { ...CUSTOM, RoleName: 'worker' },
    '409 LimitExceeded.Role.Policy',
  ],
])('there are only so many %s', (_, quotas, action, parameters, expected) => {
  expect(ram(quotas).refused(action, parameters)).toBe(expected);
});
