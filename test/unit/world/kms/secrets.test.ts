import { localAccount } from '../rpc/local-account';

const kms = () => localAccount('kms');
const NAME = { SecretName: 'acme/office-1' };
const first = { ...NAME, VersionId: 'v1', SecretData: 'key-1' };
const second = { ...NAME, VersionId: 'v2', SecretData: 'key-2' };
const DAY = 86_400;

test('a secret is made with its first version, which is the current one', () => {
  const { call } = kms();
  expect(call('CreateSecret', first)).toEqual({
    Arn: 'acs:kms:us-east-1:1234567890123456:secret/acme/office-1',
    SecretName: 'acme/office-1',
    VersionId: 'v1',
  });
  expect(call('GetSecretValue', NAME)).toEqual({
    SecretName: 'acme/office-1',
    VersionId: 'v1',
    SecretData: 'key-1',
    SecretDataType: 'text',
    CreateTime: '2026-11-22T00:00:00Z',
    VersionStages: { VersionStage: ['ACSCurrent'] },
  });
});

test('a second one of the name is refused, whatever its data: that is what makes a repeat safe', () => {
  const { call, refused } = kms();
  call('CreateSecret', first);
  expect(refused('CreateSecret', first)).toBe('409 Rejected.ResourceExist');
  expect(call('GetSecretValue', NAME)['SecretData']).toBe('key-1');
});

test('secrets are listed by region and page, with their tags where they are asked for', () => {
  const { call } = kms();
  call('CreateSecret', { ...first, Tags: JSON.stringify([{ TagKey: 'k', TagValue: 'v' }]) });
  call('CreateSecret', { ...second, SecretName: 'acme/office-2' });
  call('CreateSecret', { ...first, RegionId: 'cn-shanghai' });
  const told = { CreateTime: '2026-11-22T00:00:00Z', UpdateTime: '2026-11-22T00:00:00Z' };
  expect(call('ListSecrets', { FetchTags: 'true', PageSize: '1' })).toEqual({
    PageNumber: 1,
    PageSize: 1,
    TotalCount: 2,
    SecretList: { Secret: [{ SecretName: 'acme/office-1', ...told, Tags: { Tag: [{ TagKey: 'k', TagValue: 'v' }] } }] },
  });
  expect(call('ListSecrets', { PageSize: '1', PageNumber: '2' })['SecretList']).toEqual({
    Secret: [{ SecretName: 'acme/office-2', ...told }],
  });
});

test('the same name in two regions is two secrets', () => {
  const { call } = kms();
  call('CreateSecret', first);
  call('CreateSecret', { ...first, RegionId: 'cn-shanghai', SecretData: 'key-there' });
  expect(call('GetSecretValue', NAME)['SecretData']).toBe('key-1');
  expect(call('GetSecretValue', { ...NAME, RegionId: 'cn-shanghai' })['SecretData']).toBe('key-there');
});

test('a rotation makes the new version current and the one before previous, so that it can be taken back', () => {
  const { call, refused } = kms();
  call('CreateSecret', first);
  call('PutSecretValue', second);
  call('PutSecretValue', { ...NAME, VersionId: 'v3', SecretData: 'key-3' });
  const at = (VersionStage: string) => call('GetSecretValue', { ...NAME, VersionStage })['SecretData'];
  expect([at('ACSCurrent'), at('ACSPrevious')]).toEqual(['key-3', 'key-2']);
  expect(call('GetSecretValue', { ...NAME, VersionId: 'v1' })).toMatchObject({ VersionStages: { VersionStage: [] } });
  expect(refused('GetSecretValue', { ...NAME, VersionId: 'v1', VersionStage: 'ACSCurrent' })).toBe(
    '404 Forbidden.ResourceNotFound',
  );
});

test('the same version with the same data changes nothing, with other data it is refused', () => {
  const { call, refused } = kms();
  call('CreateSecret', first);
  call('PutSecretValue', second);
  expect(call('PutSecretValue', first)).toMatchObject({ VersionStages: { VersionStage: ['ACSPrevious'] } });
  expect(call('GetSecretValue', NAME)['VersionId']).toBe('v2');
  expect(refused('PutSecretValue', { ...first, SecretData: 'other' })).toBe('409 Rejected.ResourceExist');
});

test('a version for later takes its own stage and leaves the current one alone', () => {
  const { call } = kms();
  call('CreateSecret', first);
  call('PutSecretValue', { ...second, VersionStages: '["next"]' });
  expect(call('GetSecretValue', NAME)['VersionId']).toBe('v1');
  expect(call('GetSecretValue', { ...NAME, VersionStage: 'next' })['VersionId']).toBe('v2');
  call('PutSecretValue', { ...NAME, VersionId: 'v3', SecretData: 'key-3', VersionStages: '["next"]' });
  expect(call('GetSecretValue', { ...NAME, VersionStage: 'next' })['VersionId']).toBe('v3');
});

test('a rotation leaves the stages that users gave; a version for later leaves the previous one', () => {
  const { call } = kms();
  call('CreateSecret', first);
  call('PutSecretValue', { ...second, VersionStages: '["mine"]' });
  call('PutSecretValue', { ...NAME, VersionId: 'v3', SecretData: 'key-3' });
  call('PutSecretValue', { ...NAME, VersionId: 'v4', SecretData: 'key-4', VersionStages: '["next"]' });
  const at = (VersionStage: string) => call('GetSecretValue', { ...NAME, VersionStage })['VersionId'];
  expect([at('mine'), at('ACSPrevious'), at('ACSCurrent'), at('next')]).toEqual(['v2', 'v1', 'v3', 'v4']);
});

test('versions are paged', () => {
  const { call } = kms();
  call('CreateSecret', first);
  call('PutSecretValue', second);
  const page = (PageNumber: string) =>
    call('ListSecretVersionIds', { ...NAME, PageSize: '1', PageNumber })['VersionIds'];
  expect([page('1'), page('2'), page('3')]).toMatchObject([
    { VersionId: [{ VersionId: 'v1' }] },
    { VersionId: [{ VersionId: 'v2' }] },
    { VersionId: [] },
  ]);
});

test.each([
  ['CreateSecret', { SecretName: 'a', SecretData: 'b' }],
  ['CreateSecret', { SecretName: 'a', VersionId: 'v' }],
  ['PutSecretValue', { SecretName: 'a', SecretData: 'b' }],
  ['GetSecretValue', {}],
])('%s wants more than %j', (action, parameters) => {
  expect(kms().refused(action, parameters)).toBe('400 MissingParameter');
});

test.each([
  ['no JSON', 'ACSCurrent'],
  ['no list', '{"a": 1}'],
  ['an empty list', '[]'],
  ['the stage that only the service gives', '["ACSPrevious"]'],
])('stages are refused that are %s', (_, VersionStages) => {
  const { call, refused } = kms();
  call('CreateSecret', first);
  expect(refused('PutSecretValue', { ...second, VersionStages })).toBe('400 InvalidParameter');
});

test('ten versions are kept', () => {
  const { call, refused } = kms();
  call('CreateSecret', first);
  for (let version = 2; version <= 11; version += 1)
    call('PutSecretValue', { ...NAME, VersionId: `v${version}`, SecretData: `key-${version}` });
  expect(refused('GetSecretValue', { ...NAME, VersionId: 'v1' })).toBe('404 Forbidden.ResourceNotFound');
  expect(call('ListSecretVersionIds', { ...NAME, IncludeDeprecated: 'true' })['TotalCount']).toBe(10);
  expect(call('ListSecretVersionIds', NAME)).toMatchObject({
    TotalCount: 2,
    VersionIds: { VersionId: [{ VersionId: 'v10' }, { VersionId: 'v11' }] },
  });
});

test('a description has everything but the data', () => {
  const { call } = kms();
  call('CreateSecret', { ...first, Description: 'of office 1', Tags: '[{"TagKey":"a","TagValue":"b"}]' });
  const described = call('DescribeSecret', { ...NAME, FetchTags: 'true' });
  expect(described).toMatchObject({ Description: 'of office 1', Tags: { Tag: [{ TagKey: 'a', TagValue: 'b' }] } });
  expect(JSON.stringify(described)).not.toContain('key-1');
  expect(call('DescribeSecret', NAME)).not.toHaveProperty('Tags');
});

test('a description tells when the newest version was made', () => {
  const { call, wait } = kms();
  call('CreateSecret', first);
  wait(3_600);
  call('PutSecretValue', second);
  expect(call('DescribeSecret', NAME)).toMatchObject({
    CreateTime: '2026-11-22T00:00:00Z',
    UpdateTime: '2026-11-22T01:00:00Z',
  });
});

test('deleted by force, it is gone at once and its name is free', () => {
  const { call, refused } = kms();
  call('CreateSecret', first);
  call('DeleteSecret', { ...NAME, ForceDeleteWithoutRecovery: 'true' });
  for (const action of ['GetSecretValue', 'DescribeSecret', 'DeleteSecret'])
    expect(refused(action, NAME)).toBe('404 Forbidden.ResourceNotFound');
  expect(call('CreateSecret', second)['VersionId']).toBe('v2');
});

test('deleted with a window, it cannot be read, can be described, and holds its name until the window closes', () => {
  const { call, refused, wait } = kms();
  call('CreateSecret', first);
  expect(call('DeleteSecret', { ...NAME, RecoveryWindowInDays: '7' })['PlannedDeleteTime']).toBe(
    '2026-11-29T00:00:00Z',
  );
  expect(refused('GetSecretValue', NAME)).toBe('409 Rejected.ResourceInDeletion');
  expect(refused('PutSecretValue', second)).toBe('409 Rejected.ResourceInDeletion');
  expect(call('DescribeSecret', NAME)['PlannedDeleteTime']).toBe('2026-11-29T00:00:00Z');
  expect(refused('CreateSecret', second)).toBe('409 Rejected.ResourceExist');
  wait(7 * DAY);
  expect(refused('DescribeSecret', NAME)).toBe('404 Forbidden.ResourceNotFound');
  expect(call('CreateSecret', second)['VersionId']).toBe('v2');
});

test('without a window stated it is thirty days', () => {
  const { call } = kms();
  call('CreateSecret', first);
  expect(call('DeleteSecret', { ...NAME, ForceDeleteWithoutRecovery: 'false' })['PlannedDeleteTime']).toBe(
    '2026-12-22T00:00:00Z',
  );
});

test.each([
  ['a name of the service’s own', { SecretName: 'acs/mine' }],
  ['a name with a space', { SecretName: 'a b' }],
  ['a name that is too long', { SecretName: 'x'.repeat(193) }],
  ['data that are too large', { SecretData: 'x'.repeat(30_721) }],
  ['tags that are no JSON', { Tags: 'a=b' }],
  ['tags of another shape', { Tags: '[{"Key":"a"}]' }],
])('refused: %s', (_, change) => {
  const { refused, world } = kms();
  expect(refused('CreateSecret', { ...first, ...change })).toBe('400 InvalidParameter');
  expect(world.state.size('kms.secrets')).toBe(0);
});

test('a secret of 30 KB passes', () => {
  expect(kms().call('CreateSecret', { ...first, SecretData: 'x'.repeat(30_720) })['VersionId']).toBe('v1');
});
