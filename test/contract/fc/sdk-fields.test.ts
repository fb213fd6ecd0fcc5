/** Every field that the SDK can send is understood, or refused with a reason of its own: never as unknown. */
import * as sdk from '@alicloud/fc20230330';
import { type FcInput, type FcOutput, fcRequest } from '../../../local/world/fc/operations';
import { fc } from '../../../local/world/fc/service';
import { smq } from '../../../local/world/smq/service';
import { World } from '../../../local/world/world';
import { epochMs } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/json';
import { fieldsOf, type ModelType } from '../sdk-models';
import { zipOf } from './fc-clients';

const models = sdk as unknown as Record<string, Parameters<typeof fieldsOf>[0]>;
const fieldsOfModel = (name: string): Map<string, ModelType> => {
  const model = models[name];
  if (!model) throw new Error(`the SDK has no ${name}`);
  return fieldsOf(model);
};

const FUNCTION = {
  functionName: 'f',
  runtime: 'nodejs20',
  handler: 'index.handler',
  code: { zipFile: zipOf('1').toString('base64') },
};

function said(inputs: readonly FcInput[]): string {
  const settings = { seed: 's', accountId: '1', region: 'us-east-1', quotas: {}, durationFactor: 1 };
  const world = new World(settings, { fc, smq });
  const caller = { accountId: '1', accessKeyId: 'id', roleArn: null };
  const outputs = inputs.map((input) => world.handle(epochMs(0), fcRequest(caller, input)).response.output as FcOutput);
  const last = outputs.at(-1);
  return last?.ok === false ? last.message : 'done';
}

const create: FcInput = { operation: 'CreateFunction', body: FUNCTION };
const withField = (body: JsonObject, path: readonly string[], field: string): JsonObject => {
  const [first, ...rest] = path;
  if (first === undefined) return { ...body, [field]: body[field] ?? 'odd' };
  return { ...body, [first]: withField((body[first] ?? {}) as JsonObject, rest, field) };
};

const SOURCE = {
  eventSourceConfig: {
    eventSourceType: 'MNS',
    eventSourceParameters: { sourceMNSParameters: { RegionId: 'us-east-1', QueueName: 'q' } },
  },
};
const trigger = (triggerType: string, config: JsonObject): FcInput => ({
  operation: 'CreateTrigger',
  name: 'f',
  body: { triggerName: 't', triggerType, sourceArn: 'acs:oss:us-east-1:1:b-1', triggerConfig: JSON.stringify(config) },
});
/** Other sources of a stream: refused as a whole. */
const OTHER_SOURCES = /^source(DTS|Kafka|MQTT|RabbitMQ|RocketMQ)Parameters$/;

type Place = readonly [model: string, path: string, asked: (field: string) => FcInput[]];

const inFunction =
  (...path: string[]) =>
  (field: string): FcInput[] => [{ operation: 'CreateFunction', body: withField(FUNCTION, path, field) }];
const inTrigger =
  (type: string, base: JsonObject, ...path: string[]) =>
  (field: string): FcInput[] => [create, trigger(type, withField(base, path, field))];

const PLACES: readonly Place[] = [
  ['CreateFunctionInput', '', inFunction()],
  ['InputCodeLocation', 'code', inFunction('code')],
  ['LogConfig', 'logConfig', inFunction('logConfig')],
  ['InstanceLifecycleConfig', 'instanceLifecycleConfig', inFunction('instanceLifecycleConfig')],
  ['LifecycleHook', 'initializer', inFunction('instanceLifecycleConfig', 'initializer')],
  [
    'UpdateFunctionInput',
    '',
    (field) => [create, { operation: 'UpdateFunction', name: 'f', body: { [field]: 'odd' } }],
  ],
  ['CreateTriggerInput', '', (field) => [create, { operation: 'CreateTrigger', name: 'f', body: { [field]: 'odd' } }]],
  [
    'UpdateTriggerInput',
    '',
    (field) => [
      create,
      trigger('timer', { cronExpression: '@every 1m' }),
      { operation: 'UpdateTrigger', name: 'f', trigger: 't', body: { [field]: 'odd' } },
    ],
  ],
  ['HTTPTriggerConfig', 'http', inTrigger('http', {})],
  ['OSSTriggerConfig', 'oss', inTrigger('oss', {})],
  ['TimerTriggerConfig', 'timer', inTrigger('timer', {})],
  ['EventBridgeTriggerConfig', 'eventbridge', inTrigger('eventbridge', SOURCE)],
  ['EventSourceConfig', 'its source', inTrigger('eventbridge', SOURCE, 'eventSourceConfig')],
  [
    'EventSourceParameters',
    'its parameters',
    inTrigger('eventbridge', SOURCE, 'eventSourceConfig', 'eventSourceParameters'),
  ],
  [
    'SourceMNSParameters',
    'its queue',
    inTrigger('eventbridge', SOURCE, 'eventSourceConfig', 'eventSourceParameters', 'sourceMNSParameters'),
  ],
  ['EventSinkConfig', 'its sink', inTrigger('eventbridge', SOURCE, 'eventSinkConfig')],
  ['DeliveryOption', 'its delivery', inTrigger('eventbridge', SOURCE, 'eventSinkConfig', 'deliveryOption')],
  ['RunOptions', 'its run', inTrigger('eventbridge', SOURCE, 'runOptions')],
  ['RetryStrategy', 'its retries', inTrigger('eventbridge', SOURCE, 'runOptions', 'retryStrategy')],
  ['DeadLetterQueue', 'its dead letters', inTrigger('eventbridge', SOURCE, 'runOptions', 'deadLetterQueue')],
  ['BatchWindow', 'its batches', inTrigger('eventbridge', SOURCE, 'runOptions', 'batchWindow')],
  [
    'PutAsyncInvokeConfigInput',
    '',
    (field) => [create, { operation: 'PutAsyncInvokeConfig', name: 'f', body: { [field]: 'odd' } }],
  ],
  [
    'PutConcurrencyInput',
    '',
    (field) => [create, { operation: 'PutConcurrencyConfig', name: 'f', body: { [field]: 'odd' } }],
  ],
  ['TagResourcesInput', '', (field) => [create, { operation: 'TagResources', body: { [field]: 'odd' } }]],
];

const FIELDS = PLACES.flatMap(([model, path, asked]) =>
  [...fieldsOfModel(model).keys()]
    .filter((field) => !OTHER_SOURCES.test(field))
    .map((field) => [`${model}.${field}${path === '' ? '' : ` (${path})`}`, asked(field)] as const),
);

test.each(FIELDS)('%s is known', (_, inputs) => {
  expect(said(inputs)).not.toContain('Unrecognized key');
});

test.each(PLACES.map(([model, path, asked]) => [`${model}${path === '' ? '' : ` (${path})`}`, asked] as const))(
  '%s has no field that nobody knows',
  (_, asked) => {
    expect(said(asked('nobodyKnows'))).toMatch(/nobodyKnows/);
  },
);
