/** What each type of trigger may say, what must be there for it, and what it becomes for the runtime. */
import { TRIGGERS } from '../../../../local/world/fc/records';
import type { JsonObject } from '../../../../shared/json';
import { ACCOUNT_ID, FUNCTION, fcWorld } from './fc-world';

const BUCKET = `acs:oss:us-east-1:${ACCOUNT_ID}:b-1`;
const OSS = { events: ['oss:ObjectCreated:*'], filter: { key: { prefix: 'in/', suffix: '.yaml' } } };
const HTTP = { authType: 'anonymous', methods: ['POST'] };
const TIMER = { cronExpression: '@every 5m', enable: true };
const source = (QueueName: string, more: object = {}) => ({
  eventSourceConfig: {
    eventSourceType: 'MNS',
    eventSourceParameters: { sourceMNSParameters: { RegionId: 'us-east-1', QueueName, ...more } },
  },
});
const dead = (name: string) => ({ deadLetterQueue: { Arn: `acs:mns:us-east-1:${ACCOUNT_ID}:/queues/${name}` } });

type Cloud = ReturnType<typeof fcWorld>;

function cloudWith(): Cloud {
  const cloud = fcWorld();
  cloud.done('CreateFunction', { body: FUNCTION });
  cloud.bucket('b-1');
  for (const queue of ['q', 'dead']) cloud.queue(queue);
  return cloud;
}

const bodyOf = (triggerType: string, config: unknown, more: JsonObject = {}): JsonObject => ({
  triggerName: triggerType,
  triggerType,
  triggerConfig: typeof config === 'string' ? config : JSON.stringify(config),
  ...(triggerType === 'oss' ? { sourceArn: BUCKET } : {}),
  ...more,
});

test.each<[reason: string, body: JsonObject, said: string]>([
  ['a type that nobody has', bodyOf('kafka', {}), 'triggerType: '],
  ['a type that is not served here', bodyOf('mns_topic', {}), 'triggerType: '],
  ['a name that begins with a digit', bodyOf('http', HTTP, { triggerName: '1' }), 'triggerName: it is not a name'],
  ['a configuration that is no JSON', bodyOf('http', '{'), 'triggerConfig is not JSON'],
  ['a field that is misspelt', bodyOf('http', HTTP, { qualifer: 'LATEST' }), 'Unrecognized key: "qualifer"'],
  ['a description of a novel’s length', bodyOf('http', HTTP, { description: 'x'.repeat(257) }), 'description: '],

  ['http: nobody authenticates so', bodyOf('http', { ...HTTP, authType: 'nobody' }), 'authType: '],
  ['http: no method', bodyOf('http', { ...HTTP, methods: [] }), 'methods: '],
  ['http: a method that does not exist', bodyOf('http', { ...HTTP, methods: ['FETCH'] }), 'methods.0: '],
  ['http: signed requests are not served here', bodyOf('http', { ...HTTP, authType: 'function' }), 'authType function'],

  ['oss: no bucket', bodyOf('oss', OSS, { sourceArn: '' }), 'sourceArn: it is acs:oss:<region>:<account>:<bucket>'],
  ['oss: no such bucket', bodyOf('oss', OSS, { sourceArn: `${BUCKET}0` }), "bucket 'b-10' does not exist"],
  ['oss: no event', bodyOf('oss', { ...OSS, events: [] }), 'events: '],
  ['oss: an event without its product', bodyOf('oss', { ...OSS, events: ['ObjectCreated:*'] }), 'events.0: it is not'],
  ['oss: removals have no wildcard', bodyOf('oss', { ...OSS, events: ['oss:ObjectRemoved:*'] }), 'events.0: it is not'],
  ['oss: a filter beside its key', bodyOf('oss', { ...OSS, filter: { prefix: 'in/' } }), 'filter: Unrecognized key'],

  ['timer: five fields', bodyOf('timer', { ...TIMER, cronExpression: '0 8 * * *' }), 'cronExpression: it is neither'],
  ['timer: the 61st second', bodyOf('timer', { ...TIMER, cronExpression: '61 0 8 * * *' }), 'cronExpression: it is'],
  ['timer: a zone that nobody lives in', bodyOf('timer', { cronExpression: 'CRON_TZ=Mars 0 0 8 * * *' }), 'cronExpr'],
  ['timer: a day that never comes', bodyOf('timer', { cronExpression: '0 0 0 30 2 *' }), 'cronExpression: it is'],
  [
    'timer: no time at all',
    bodyOf('timer', { ...TIMER, cronExpression: '@every 0m' }),
    'cronExpression: it is neither',
  ],
  ['timer: a payload that is no text', bodyOf('timer', { ...TIMER, payload: {} }), 'payload: '],

  ['stream: no such queue', bodyOf('eventbridge', source('none')), "queue 'none' does not exist"],
  [
    'stream: no such dead-letter queue',
    bodyOf('eventbridge', { ...source('q'), runOptions: dead('none') }),
    "queue 'none' does not exist",
  ],
  [
    'stream: a dead-letter queue by name',
    bodyOf('eventbridge', { ...source('q'), runOptions: { deadLetterQueue: { Arn: 'dead' } } }),
    'runOptions.deadLetterQueue.Arn: it is not the ARN of a queue',
  ],
  [
    'stream: a source that is not served here',
    bodyOf('eventbridge', { eventSourceConfig: { ...source('q').eventSourceConfig, eventSourceType: 'Kafka' } }),
    'only MNS is served by the local cloud',
  ],
  [
    'stream: a filter that is not served here',
    bodyOf('eventbridge', { ...source('q'), eventRuleFilterPattern: '{"source":["a"]}' }),
    'only {} is served by the local cloud',
  ],
  [
    'stream: a parameter in the wrong case',
    bodyOf('eventbridge', source('q', { queueName: 'q' })),
    'Unrecognized key: "queueName"',
  ],
  [
    'stream: a tolerance that does not exist',
    bodyOf('eventbridge', { ...source('q'), runOptions: { errorsTolerance: 'SOME' } }),
    'runOptions.errorsTolerance: ',
  ],
])('refused: %s', (_, body, said) => {
  const cloud = cloudWith();
  const refusal = cloud.refusal('CreateTrigger', { name: 'f', body });
  expect(refusal).toMatch(/^400 InvalidArgument: /);
  expect(refusal).toContain(said);
  expect(cloud.state.keysBetween(TRIGGERS)).toEqual([]);
});

test.each<[reason: string, type: string, config: JsonObject, kept: JsonObject]>([
  ['http, as it says', 'http', { ...HTTP, disableURLInternet: false }, { type: 'http', ...HTTP }],
  [
    'oss, with its filter',
    'oss',
    OSS,
    { type: 'oss', bucket: 'b-1', events: ['oss:ObjectCreated:*'], prefix: 'in/', suffix: '.yaml' },
  ],
  [
    'oss without a filter, for every object',
    'oss',
    { events: ['oss:ObjectRemoved:DeleteObject'] },
    { type: 'oss', bucket: 'b-1', events: ['oss:ObjectRemoved:DeleteObject'], prefix: '', suffix: '' },
  ],
  [
    'a timer, off where it does not say that it is on',
    'timer',
    { cronExpression: '0 0 8 * * *' },
    { type: 'timer', cronExpression: '0 0 8 * * *', enabled: false, payload: '' },
  ],
  [
    'a timer in a zone',
    'timer',
    { ...TIMER, cronExpression: 'CRON_TZ=Asia/Shanghai 0 30 4 * * *', payload: 'p' },
    { type: 'timer', cronExpression: 'CRON_TZ=Asia/Shanghai 0 30 4 * * *', enabled: true, payload: 'p' },
  ],
  [
    'a stream with the service’s defaults',
    'eventbridge',
    source('q'),
    {
      type: 'eventbridge',
      enabled: true,
      queue: 'q',
      base64Decode: true,
      asynchronous: false,
      schema: 'CloudEvents',
      batchSize: 1,
      retry: 'BACKOFF_RETRY',
      errorsTolerance: 'NONE',
      deadLetterQueue: null,
    },
  ],
  [
    'a stream that says everything',
    'eventbridge',
    {
      ...source('q', { IsBase64Decode: false }),
      triggerEnable: false,
      asyncInvocationType: true,
      eventRuleFilterPattern: '{}',
      eventSinkConfig: { deliveryOption: { mode: 'event-streaming', eventSchema: 'RawData' } },
      runOptions: {
        mode: 'event-streaming',
        errorsTolerance: 'ALL',
        retryStrategy: { PushRetryStrategy: 'EXPONENTIAL_DECAY_RETRY' },
        batchWindow: { CountBasedWindow: 5, TimeBasedWindow: 1 },
        ...dead('dead'),
      },
    },
    {
      type: 'eventbridge',
      enabled: false,
      queue: 'q',
      base64Decode: false,
      asynchronous: true,
      schema: 'RawData',
      batchSize: 5,
      retry: 'EXPONENTIAL_DECAY_RETRY',
      errorsTolerance: 'ALL',
      deadLetterQueue: 'dead',
    },
  ],
])('kept for the runtime: %s', (_, type, config, kept) => {
  const cloud = cloudWith();
  const answer = cloud.done('CreateTrigger', { name: 'f', body: bodyOf(type, config) });
  expect(answer.triggerConfig).toBe(JSON.stringify(config));
  expect(cloud.state.get(TRIGGERS, `f/${type}`)).toMatchObject({ functionName: 'f', name: type, ...kept });
});

test.each<[reason: string, first: JsonObject, second: JsonObject, expected: 'free' | 'taken']>([
  ['the same prefix', { prefix: 'in/' }, { prefix: 'in/' }, 'taken'],
  ['a prefix of the prefix', { prefix: 'in/a/' }, { prefix: 'in/' }, 'taken'],
  ['everything and something', {}, { prefix: 'in/' }, 'taken'],
  ['other folders', { prefix: 'in/' }, { prefix: 'out/' }, 'free'],
  ['other endings in one folder', { prefix: 'in/', suffix: '.yaml' }, { prefix: 'in/', suffix: '.json' }, 'free'],
  ['an ending of the ending', { suffix: '.topology.yaml' }, { suffix: '.yaml' }, 'taken'],
])('two triggers of a bucket, %s: %s', (_, first, second, expected) => {
  const cloud = cloudWith();
  const put = (triggerName: string, key: JsonObject, event = 'oss:ObjectCreated:*') =>
    cloud.refusal('CreateTrigger', {
      name: 'f',
      body: bodyOf('oss', { events: [event], filter: { key } }, { triggerName }),
    });
  put('one', first);
  const refusal = put('two', second, 'oss:ObjectCreated:PutObject');
  if (expected === 'free') expect(refusal).toMatch(/^answered/);
  else expect(refusal).toContain("overlap with those of trigger 'one' of function 'f'");
  // What is removed is another event: nobody contends for it.
  expect(put('three', second, 'oss:ObjectRemoved:DeleteObject')).toMatch(/^answered/);
});

test('a trigger does not contend with itself', () => {
  const cloud = cloudWith();
  cloud.done('CreateTrigger', { name: 'f', body: bodyOf('oss', OSS) });
  const body = { triggerConfig: JSON.stringify({ ...OSS, filter: { key: { prefix: 'in/a/', suffix: '' } } }) };
  expect(cloud.refusal('UpdateTrigger', { name: 'f', trigger: 'oss', body })).toMatch(/^answered/);
});

test('the bucket of the service’s own starts no function', () => {
  const cloud = cloudWith();
  const { ossBucket } = cloud.done('GetTempBucketToken', {});
  const body = bodyOf('oss', OSS, { sourceArn: `acs:oss:us-east-1:${ACCOUNT_ID}:${ossBucket}` });
  expect(cloud.refusal('CreateTrigger', { name: 'f', body })).toContain('does not exist');
});

test('an HTTP trigger is told its address, and a stream that it runs; the others tell neither', () => {
  const cloud = cloudWith();
  const put = (type: string, config: unknown) => cloud.done('CreateTrigger', { name: 'f', body: bodyOf(type, config) });
  const common = {
    triggerId: expect.stringMatching(/^[a-z0-9]{22}$/),
    qualifier: 'LATEST',
    description: '',
    createdTime: '2026-11-23T00:00:00Z',
    lastModifiedTime: '2026-11-23T00:00:00Z',
  };
  const url = 'endpoint:/fcapp/f/';
  expect(put('http', HTTP)).toEqual({
    ...common,
    triggerName: 'http',
    triggerType: 'http',
    triggerConfig: JSON.stringify(HTTP),
    httpTrigger: { urlInternet: url, urlIntranet: url },
  });
  expect(put('timer', TIMER)).toEqual({
    ...common,
    triggerName: 'timer',
    triggerType: 'timer',
    triggerConfig: JSON.stringify(TIMER),
  });
  expect(put('eventbridge', source('q'))).toMatchObject({ status: 'Running' });
});

test.each([
  ['a version', '1', 'VersionNotFound'],
  ['an alias', 'blue', 'AliasNotFound'],
])('there is no trigger of %s', (_, qualifier, code) => {
  const cloud = cloudWith();
  const body = bodyOf('timer', TIMER);
  expect(cloud.refusal('CreateTrigger', { name: 'f', body: { ...body, qualifier } })).toContain(`404 ${code}`);
  cloud.done('CreateTrigger', { name: 'f', body: { ...body, qualifier: 'LATEST' } });
  expect(cloud.refusal('UpdateTrigger', { name: 'f', trigger: 'timer', body: { qualifier } })).toContain(`404 ${code}`);
});

test('an update keeps name, type, source and what it does not say', () => {
  const cloud = cloudWith();
  const before = cloud.done('CreateTrigger', {
    name: 'f',
    body: bodyOf('timer', TIMER, { description: 'd', invocationRole: 'r' }),
  });
  cloud.advance(1_000);
  const triggerConfig = JSON.stringify({ ...TIMER, enable: false });
  expect(cloud.done('UpdateTrigger', { name: 'f', trigger: 'timer', body: { triggerConfig } })).toEqual({
    ...before,
    triggerConfig,
    lastModifiedTime: '2026-11-23T00:00:01Z',
  });
  expect(cloud.refusal('UpdateTrigger', { name: 'f', trigger: 'timer', body: { triggerName: 'other' } })).toContain(
    'Unrecognized key: "triggerName"',
  );
});

test('a role or a source that is sent empty is none: nobody would let the trigger invoke the function', () => {
  const cloud = cloudWith();
  const empty = bodyOf('timer', TIMER, { invocationRole: '', sourceArn: '' });
  const made = cloud.done('CreateTrigger', { name: 'f', body: empty });
  expect([made?.['invocationRole'], made?.['sourceArn']]).toEqual([undefined, undefined]);
  const update = (invocationRole: string) =>
    cloud.done('UpdateTrigger', { name: 'f', trigger: 'timer', body: { invocationRole } })?.['invocationRole'];
  expect([update('r'), update('')]).toEqual(['r', undefined]);
});

test('a function has at most ten triggers, and one of them over HTTP', () => {
  const cloud = cloudWith();
  const put = (triggerName: string, type: string, config: unknown) =>
    cloud.refusal('CreateTrigger', { name: 'f', body: bodyOf(type, config, { triggerName }) });
  expect(put('web', 'http', HTTP)).toMatch(/^answered/);
  expect(put('web-2', 'http', HTTP)).toContain('a function has at most one HTTP trigger');
  for (let each = 1; each < 10; each += 1) expect(put(`t${each}`, 'timer', TIMER)).toMatch(/^answered/);
  expect(put('t10', 'timer', TIMER)).toBe('400 LimitExceededError: a function has at most 10 triggers');
});

test('a bucket has at most ten triggers', () => {
  const cloud = cloudWith();
  cloud.done('CreateFunction', { body: { ...FUNCTION, functionName: 'g' } });
  const put = (name: string, folder: string) =>
    cloud.refusal('CreateTrigger', {
      name,
      body: bodyOf('oss', { ...OSS, filter: { key: { prefix: folder } } }, { triggerName: folder }),
    });
  for (const folder of 'abcdefghij') expect(put('f', folder)).toMatch(/^answered/);
  expect(put('g', 'k')).toBe('400 LimitExceededError: a bucket has at most 10 triggers');
});

test('a trigger exists once a function; the function goes after its triggers', () => {
  const cloud = cloudWith();
  const body = bodyOf('timer', TIMER);
  cloud.done('CreateTrigger', { name: 'f', body });
  expect(cloud.refusal('CreateTrigger', { name: 'f', body })).toMatch(/^409 TriggerAlreadyExists/);
  expect(cloud.refusal('DeleteFunction', { name: 'f' })).toBe("409 FunctionNotEmpty: function 'f' has active triggers");
  cloud.done('DeleteTrigger', { name: 'f', trigger: 'timer' });
  expect(cloud.refusal('GetTrigger', { name: 'f', trigger: 'timer' })).toMatch(/^404 TriggerNotFound/);
  expect(cloud.refusal('DeleteTrigger', { name: 'f', trigger: 'timer' })).toMatch(/^404 TriggerNotFound/);
  cloud.done('DeleteFunction', { name: 'f' });
});

test('the triggers of a function are its own, though its name begins another’s', () => {
  const cloud = cloudWith();
  for (const functionName of ['f-2', 'f0']) cloud.done('CreateFunction', { body: { ...FUNCTION, functionName } });
  for (const name of ['f', 'f-2', 'f0']) cloud.done('CreateTrigger', { name, body: bodyOf('timer', TIMER) });
  const { triggers } = cloud.done('ListTriggers', { name: 'f', limit: null, nextToken: null });
  expect(triggers).toHaveLength(1);
});
