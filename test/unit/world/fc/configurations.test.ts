/** What is configured beside a function: asynchronous invocations, concurrency, tags; and what never is. */
import { ASYNC_CONFIGS, CONCURRENCY, FUNCTIONS, type FunctionRecord } from '../../../../local/world/fc/records';
import type { JsonObject } from '../../../../shared/json';
import { ACCOUNT_ID, FUNCTION, fcWorld } from './fc-world';

const ARN = `acs:fc:us-east-1:${ACCOUNT_ID}:functions/f`;
const QUEUE = `acs:mns:us-east-1:${ACCOUNT_ID}:/queues/dead/messages`;
const PAGE = { limit: null, nextToken: null };

function cloudWith(...names: string[]) {
  const cloud = fcWorld();
  for (const functionName of ['f', ...names]) cloud.done('CreateFunction', { body: { ...FUNCTION, functionName } });
  return cloud;
}

test.each<[reason: string, body: JsonObject]>([
  ['more retries than eight', { maxAsyncRetryAttempts: 9 }],
  ['no age', { maxAsyncEventAgeInSeconds: 0 }],
  ['an age of more than thirty days', { maxAsyncEventAgeInSeconds: 2_592_001 }],
  ['a destination by name', { destinationConfig: { onFailure: { destination: 'dead' } } }],
  ['a queue without /messages', { destinationConfig: { onFailure: { destination: QUEUE.replace('/messages', '') } } }],
  ['itself after a failure', { destinationConfig: { onFailure: { destination: ARN } } }],
  ['itself after a success', { destinationConfig: { onSuccess: { destination: ARN } } }],
  ['a field that is misspelt', { maxAsyncRetryAttempt: 3 }],
])('an asynchronous configuration is refused: %s', (_, body) => {
  const cloud = cloudWith();
  expect(cloud.refusal('PutAsyncInvokeConfig', { name: 'f', body })).toMatch(/^400 InvalidArgument: /);
  expect(cloud.state.keysBetween(ASYNC_CONFIGS)).toEqual([]);
});

test('an asynchronous configuration is kept, replaced whole, listed, and goes with its function', () => {
  const cloud = cloudWith('g');
  const body = { maxAsyncRetryAttempts: 0, destinationConfig: { onFailure: { destination: QUEUE } } };
  const put = cloud.done('PutAsyncInvokeConfig', { name: 'f', body, qualifier: 'LATEST' });
  const times = { createdTime: '2026-11-23T00:00:00Z', lastModifiedTime: '2026-11-23T00:00:00Z' };
  expect(put).toEqual({ ...body, functionArn: ARN, ...times });
  expect(cloud.done('GetAsyncInvokeConfig', { name: 'f' })).toEqual(put);
  expect(cloud.state.get(ASYNC_CONFIGS, 'f')).toMatchObject({
    maximumRetries: 0,
    maximumAgeSeconds: 86_400,
    onSuccess: null,
    onFailure: QUEUE,
  });
  cloud.advance(1_000);
  expect(cloud.done('PutAsyncInvokeConfig', { name: 'f', body: {} })).toEqual({
    functionArn: ARN,
    ...times,
    lastModifiedTime: '2026-11-23T00:00:01Z',
  });
  expect(cloud.state.get(ASYNC_CONFIGS, 'f')).toMatchObject({ maximumRetries: 3, onFailure: null });
  cloud.done('PutAsyncInvokeConfig', { name: 'g', body: {} });
  const arns = (name: string) =>
    (cloud.done('ListAsyncInvokeConfigs', { name, ...PAGE }).configs as JsonObject[]).map((one) => one.functionArn);
  expect(arns('f')).toEqual([ARN]);
  expect(arns('')).toEqual([ARN, ARN.replace(/f$/, 'g')]);
  cloud.done('DeleteFunction', { name: 'f' });
  expect(arns('')).toEqual([ARN.replace(/f$/, 'g')]);
});

test('what is not configured is told by the service’s codes', () => {
  const cloud = cloudWith();
  for (const operation of ['GetAsyncInvokeConfig', 'DeleteAsyncInvokeConfig'] as const)
    expect(cloud.refusal(operation, { name: 'f' })).toBe(
      '404 AsyncConfigNotExists: AsyncConfig for f:LATEST does not exist.',
    );
  for (const operation of ['GetConcurrencyConfig', 'DeleteConcurrencyConfig'] as const)
    expect(cloud.refusal(operation, { name: 'f' })).toMatch(/^404 OnDemandConfigNotFound/);
  expect(cloud.refusal('GetAlias', { name: 'f', alias: 'blue' })).toMatch(/^404 AliasNotFound/);
  expect(cloud.done('GetEmpty', { name: 'f', what: 'ScalingConfig' })).toEqual({});
  expect(cloud.done('ListNone', { name: 'f', list: 'vpcIds' })).toEqual({ vpcIds: [] });
  expect(cloud.done('ListNone', { name: '', list: 'provisionConfigs' })).toEqual({ provisionConfigs: [] });
  expect(cloud.refusal('ListNone', { name: 'nobody', list: 'aliases' })).toMatch(/^404 FunctionNotFound/);
});

test('reserved concurrency is kept, none at all included, and goes with its function', () => {
  const cloud = cloudWith('g');
  const put = (name: string, reservedConcurrency: number) =>
    cloud.refusal('PutConcurrencyConfig', { name, body: { reservedConcurrency } });
  expect(put('f', -1)).toMatch(/^400 InvalidArgument/);
  expect(put('f', 0)).toMatch(/^answered/);
  expect(put('g', 5)).toMatch(/^answered/);
  expect(cloud.done('GetConcurrencyConfig', { name: 'f' })).toEqual({ functionArn: ARN, reservedConcurrency: 0 });
  expect(cloud.done('ListConcurrencyConfigs', { name: '', ...PAGE }).configs).toHaveLength(2);
  cloud.done('DeleteConcurrencyConfig', { name: 'g' });
  cloud.done('DeleteFunction', { name: 'f' });
  expect(cloud.state.keysBetween(CONCURRENCY)).toEqual([]);
});

const tagged = (body: JsonObject): JsonObject => ({ ResourceType: 'FUNCTION', ResourceId: [ARN], ...body });
const untag = { resourceType: 'function', resourceIds: [ARN], tagKeys: [], all: false };

test('tags are put, replaced, found and taken away, and are no change of the function', () => {
  const cloud = cloudWith('g');
  const tags = () => cloud.done('GetFunction', { name: 'f' }).tags;
  cloud.done('TagResources', {
    body: tagged({
      Tag: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    }),
  });
  // In the deployment tool's spelling.
  cloud.done('TagResources', {
    body: { resourceType: 'FUNCTION', resourceId: [ARN], tag: [{ key: 'a', value: '3' }] },
  });
  expect(tags()).toEqual([
    { Key: 'b', Value: '2' },
    { Key: 'a', Value: '3' },
  ]);
  const found = (key: string, value: string, resourceIds: string[] = []) =>
    cloud.done('ListTagResources', { resourceType: 'function', resourceIds, tags: [{ key, value }], ...PAGE });
  expect(found('a', '3')).toEqual({
    RequestId: expect.any(String),
    TagResources: [
      { ResourceId: ARN, ResourceType: 'FUNCTION', TagKey: 'b', TagValue: '2' },
      { ResourceId: ARN, ResourceType: 'FUNCTION', TagKey: 'a', TagValue: '3' },
    ],
  });
  expect(found('a', '').TagResources).toHaveLength(2);
  expect(found('a', '1').TagResources).toEqual([]);
  expect(found('a', '3', [ARN.replace(/f$/, 'g')]).TagResources).toEqual([]);
  cloud.done('UntagResources', { ...untag, tagKeys: ['b', 'z'] });
  expect(tags()).toEqual([{ Key: 'a', Value: '3' }]);
  cloud.done('UntagResources', { ...untag, all: true });
  expect(tags()).toBeUndefined();
  expect(cloud.state.get<FunctionRecord>(FUNCTIONS, 'f')?.revision).toBe(1);
});

test.each<[reason: string, body: JsonObject, said: string]>([
  ['a function that does not exist', tagged({ ResourceId: [`${ARN}0`], Tag: [{ Key: 'a' }] }), '404 FunctionNotFound'],
  [
    'a name instead of an ARN',
    tagged({ ResourceId: ['f'], Tag: [{ Key: 'a' }] }),
    "400 InvalidArgument: ResourceId 'f'",
  ],
  ['another type', tagged({ ResourceType: 'LAYER', Tag: [{ Key: 'a' }] }), "400 InvalidArgument: ResourceType 'LAYER'"],
  ['no tag', tagged({ Tag: [] }), '400 InvalidArgument: tag: '],
  [
    'more than twenty in all',
    tagged({ Tag: Array.from({ length: 20 }, (_, key) => ({ Key: `k${key}` })) }),
    '400 InvalidArgument: a function has at most 20 tags',
  ],
])('tags are refused: %s', (_, body, said) => {
  const cloud = cloudWith();
  cloud.done('TagResources', { body: tagged({ Tag: [{ Key: 'first', Value: '1' }] }) });
  expect(cloud.refusal('TagResources', { body })).toContain(said);
  expect(cloud.done('GetFunction', { name: 'f' }).tags).toEqual([{ Key: 'first', Value: '1' }]);
});

test.each([
  ['nothing named', { ...untag, resourceIds: [], all: true }],
  ['no tag named', untag],
])('untagging is refused: %s', (_, input) => {
  expect(cloudWith().refusal('UntagResources', input)).toMatch(/^400 InvalidArgument/);
});
