import type { JsonObject } from '../../../../shared/json';
import { localAccount } from '../rpc/local-account';

const GROUPS = { ResourceType: 'securitygroup', 'ResourceId.1': 'sg-a', 'ResourceId.2': 'sg-b' };

/** Two groups in us-east-1. */
const ecs = () =>
  localAccount(
    'ecs',
    {
      vpcs: [
        { id: 'vpc-1', region: 'us-east-1', name: '', cidrs: ['10.0.0.0/16'], customRouteTables: [], vSwitches: [] },
      ],
      securityGroups: ['sg-a', 'sg-b'].map((id) => ({ id, vpc: 'vpc-1', type: 'normal' as const, rules: [] })),
    },
    { RegionId: 'us-east-1' },
  );
type Local = ReturnType<typeof ecs>;

const tag = (local: Local, Key: string, Value: string, on: Record<string, string> = GROUPS) =>
  local.call('TagResources', { ...on, 'Tag.1.Key': Key, 'Tag.1.Value': Value });
const tagsOf = (local: Local, filter: Record<string, string>): string[] =>
  (local.call('ListTagResources', filter)['TagResources'] as { TagResource: JsonObject[] }).TagResource.map(
    (each) => `${each['ResourceId']} ${each['TagKey']}=${each['TagValue']}`,
  );

test('tags are put on, listed by group or by tag, and seen on the group', () => {
  const local = ecs();
  tag(local, 'owner', 'ops');
  tag(local, 'owner', 'net', { ResourceType: 'securitygroup', 'ResourceId.1': 'sg-b' });
  expect(tagsOf(local, GROUPS)).toEqual(['sg-a owner=ops', 'sg-b owner=net']);
  const by = { ResourceType: 'SecurityGroup', 'Tag.1.Key': 'owner' };
  expect(tagsOf(local, by)).toEqual(['sg-a owner=ops', 'sg-b owner=net']);
  expect(tagsOf(local, { ...by, 'Tag.1.Value': 'net' })).toEqual(['sg-b owner=net']);
  expect(tagsOf(local, { ...GROUPS, RegionId: 'cn-shanghai' })).toEqual([]);
  const found = local.call('DescribeSecurityGroups', { 'Tag.1.Key': 'owner', 'Tag.1.Value': 'ops' });
  expect(found['SecurityGroups']).toMatchObject({ SecurityGroup: [{ SecurityGroupId: 'sg-a' }] });
});

test('they are taken off by key, or all at once', () => {
  const local = ecs();
  for (const key of ['one', 'two', 'three']) tag(local, key, 'v');
  local.call('UntagResources', { ...GROUPS, 'TagKey.1': 'one', All: 'true' });
  expect(tagsOf(local, { ...GROUPS, 'ResourceId.2': 'sg-a' })).toEqual(['sg-a two=v', 'sg-a three=v']);
  local.call('UntagResources', GROUPS);
  expect(tagsOf(local, GROUPS)).toHaveLength(4);
  local.call('UntagResources', { ...GROUPS, All: 'true' });
  expect(tagsOf(local, GROUPS)).toEqual([]);
});

test('a list goes on with its token after fifty', () => {
  const local = ecs();
  for (let index = 1; index <= 20; index += 1) tag(local, `k${index}`, 'v');
  local.call('CreateSecurityGroup', { VpcId: 'vpc-1', 'Tag.1.Key': 'k1' });
  for (let index = 2; index <= 12; index += 1) {
    const on = { ResourceType: 'securitygroup', 'ResourceId.1': 'sg-a' };
    tag(local, `k${index}`, 'w', on);
  }
  const more = local.call('CreateSecurityGroup', { VpcId: 'vpc-1' })['SecurityGroupId'] as string;
  for (let index = 1; index <= 12; index += 1)
    tag(local, `k${index}`, 'v', { ResourceType: 'securitygroup', 'ResourceId.1': more });
  const all = { ...GROUPS, 'ResourceId.3': more };
  const first = local.call('ListTagResources', all);
  expect(tagsOf(local, all)).toHaveLength(50);
  expect(tagsOf(local, { ...all, NextToken: first['NextToken'] as string })).toEqual([
    `${more} k11=v`,
    `${more} k12=v`,
  ]);
});

test.each<[why: string, action: string, change: Record<string, string>, answer: string]>([
  ['of another kind', 'TagResources', { ResourceType: 'instance' }, '404 InvalidResourceType.NotFound'],
  ['on a group that is not there', 'TagResources', { 'ResourceId.2': 'sg-9' }, '404 InvalidResourceId.NotFound'],
  ['with a key of the system', 'TagResources', { 'Tag.1.Key': 'acs:x' }, '400 InvalidTagKey.Malformed'],
  ['with a long value', 'TagResources', { 'Tag.1.Value': 'x'.repeat(129) }, '400 InvalidTagValue.Malformed'],
  ['with a key twice', 'TagResources', { 'Tag.2.Key': 'k' }, '400 Duplicate.TagKey'],
  ['of another kind', 'UntagResources', { ResourceType: 'eni' }, '404 InvalidResourceType.NotFound'],
  ['of another kind', 'ListTagResources', { ResourceType: 'eni' }, '404 InvalidResourceType.NotFound'],
])('tags %s are refused to %s', (_, action, change, answer) => {
  const local = ecs();
  const named = action === 'TagResources' ? { 'Tag.1.Key': 'k', 'Tag.1.Value': 'v' } : {};
  expect(local.refused(action, { ...GROUPS, ...named, ...change })).toBe(answer);
  expect(tagsOf(local, GROUPS)).toEqual([]);
});

test('a group has twenty at most, and a list wants groups or tags', () => {
  const local = ecs();
  for (let index = 1; index <= 20; index += 1) tag(local, `k${index}`, 'v');
  const more = { ...GROUPS, 'Tag.1.Key': 'k21', 'Tag.1.Value': 'v' };
  expect(local.refused('TagResources', more)).toBe('400 OperationDenied.QuotaExceed');
  expect(local.refused('ListTagResources', { ResourceType: 'securitygroup' })).toBe('404 MissingParameter.Tags');
  expect(local.refused('ListTagResources', { ...GROUPS, 'TagFilter.1.TagKey': 'k' })).toBe(
    '400 OperationUnsupported.TagFilter',
  );
});
