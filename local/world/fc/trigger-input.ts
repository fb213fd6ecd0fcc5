/** `triggerConfig`, checked and read by its type. Names of its fields are the API's: outer camel case, parameters Pascal case. */
import { Cron } from 'croner';
import * as z from 'zod';
import type { JsonObject } from '../../../shared/json';
import { invalidArgument } from './fc-error';
import { checked } from './function-input';
import type { TriggerKind } from './records';

const NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;
const OSS_EVENTS = new Set([
  ...[
    '*',
    'PutObject',
    'PostObject',
    'CopyObject',
    'AppendObject',
    'CompleteMultipartUpload',
    'InitiateMultipartUpload',
  ].map((name) => `oss:ObjectCreated:${name}`),
  ...['UploadPart', 'UploadPartCopy', 'PutSymlink'].map((name) => `oss:ObjectCreated:${name}`),
  ...['DeleteObject', 'DeleteObjects', 'AbortMultipartUpload'].map((name) => `oss:ObjectRemoved:${name}`),
  'oss:ObjectModified:UpdateObjectMeta',
]);
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'] as const;
/** `acs:mns:us-east-1:1234567890123456:/queues/name`, with or without `/messages` behind it. */
const QUEUE_ARN = /^acs:mns:[a-z0-9-]*:\d*:\/?queues\/([A-Za-z0-9][A-Za-z0-9-]{0,119})(\/messages)?$/;
const LONGEST_PAYLOAD_BYTES = 4_096;

const common = {
  description: z.string().max(256).optional(),
  qualifier: z.string().optional(),
  invocationRole: z.string().optional(),
};
const createSchema = z.strictObject({
  ...common,
  triggerName: z.string().regex(NAME, 'it is not a name'),
  triggerType: z.enum(['http', 'oss', 'timer', 'eventbridge']),
  sourceArn: z.string().optional(),
  triggerConfig: z.string(),
});
const updateSchema = z.strictObject({ ...common, triggerConfig: z.string().optional() });

export const createTriggerInput = (body: JsonObject): z.infer<typeof createSchema> => checked(createSchema, body);
export const updateTriggerInput = (body: JsonObject): z.infer<typeof updateSchema> => checked(updateSchema, body);

const httpSchema = z.strictObject({
  authType: z.enum(['anonymous', 'function', 'jwt']),
  methods: z.array(z.enum(METHODS)).min(1),
  disableURLInternet: z.boolean().optional(),
  authConfig: z.json().optional(),
  corsConfig: z.json().optional(),
});

const ossSchema = z.strictObject({
  events: z.array(z.string().refine((event) => OSS_EVENTS.has(event), 'it is not an event of OSS')).min(1),
  filter: z
    .strictObject({
      key: z.strictObject({ prefix: z.string().default(''), suffix: z.string().default('') }).prefault({}),
    })
    .prefault({}),
});

const timerSchema = z.strictObject({
  cronExpression: z.string().refine(isCron, 'it is neither six fields nor @every'),
  enable: z.boolean().default(false),
  payload: z.string().max(LONGEST_PAYLOAD_BYTES).default(''),
});

const eventBridgeSchema = z.strictObject({
  triggerEnable: z.boolean().default(true),
  asyncInvocationType: z.boolean().default(false),
  eventRuleFilterPattern: z.literal('{}', 'only {} is served by the local cloud').default('{}'),
  eventSourceConfig: z.strictObject({
    eventSourceType: z.literal('MNS', 'only MNS is served by the local cloud'),
    eventSourceParameters: z.strictObject({
      sourceMNSParameters: z.strictObject({
        RegionId: z.string().optional(),
        QueueName: z.string().min(1),
        IsBase64Decode: z.boolean().default(true),
      }),
    }),
  }),
  eventSinkConfig: z
    .strictObject({
      deliveryOption: z
        .strictObject({
          mode: z.enum(['event-streaming', 'event-driven']).optional(),
          eventSchema: z.enum(['CloudEvents', 'RawData']).default('CloudEvents'),
          concurrency: z.int().optional(),
        })
        .prefault({}),
    })
    .prefault({}),
  runOptions: z
    .strictObject({
      mode: z.enum(['event-streaming', 'event-driven']).optional(),
      maximumTasks: z.int().optional(),
      errorsTolerance: z.enum(['ALL', 'NONE']).default('NONE'),
      retryStrategy: z
        .strictObject({
          PushRetryStrategy: z.enum(['BACKOFF_RETRY', 'EXPONENTIAL_DECAY_RETRY']).default('BACKOFF_RETRY'),
          MaximumEventAgeInSeconds: z.int().optional(),
          MaximumRetryAttempts: z.int().optional(),
        })
        .prefault({}),
      deadLetterQueue: z
        .strictObject({ Arn: z.string().regex(QUEUE_ARN, 'it is not the ARN of a queue') })
        .nullable()
        .default(null),
      batchWindow: z
        .strictObject({
          CountBasedWindow: z.int().min(1).max(10_000).default(1),
          TimeBasedWindow: z.int().min(0).default(0),
        })
        .prefault({}),
    })
    .prefault({}),
});

export function triggerKind(type: TriggerKind['type'], sourceArn: string | null, triggerConfig: string): TriggerKind {
  const config = parsed(triggerConfig);
  if (type === 'http') return httpKind(config);
  if (type === 'oss') return ossKind(config, sourceArn);
  if (type === 'timer') {
    const { cronExpression, enable, payload } = checked(timerSchema, config);
    return { type, cronExpression, enabled: enable, payload };
  }
  return eventBridgeKind(config);
}

function httpKind(config: unknown): TriggerKind {
  const { authType, methods } = checked(httpSchema, config);
  if (authType !== 'anonymous') throw invalidArgument(`authType ${authType} is not served by the local cloud`);
  return { type: 'http', authType, methods };
}

function ossKind(config: unknown, sourceArn: string | null): TriggerKind {
  const bucket = /^acs:oss:[a-z0-9-]*:\d*:([a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/.exec(sourceArn ?? '')?.[1];
  if (bucket === undefined) throw invalidArgument('sourceArn: it is acs:oss:<region>:<account>:<bucket>');
  const { events, filter } = checked(ossSchema, config);
  return { type: 'oss', bucket, events, ...filter.key };
}

function eventBridgeKind(config: unknown): TriggerKind {
  const read = checked(eventBridgeSchema, config);
  const { sourceMNSParameters } = read.eventSourceConfig.eventSourceParameters;
  const { errorsTolerance, retryStrategy, deadLetterQueue, batchWindow } = read.runOptions;
  return {
    type: 'eventbridge',
    enabled: read.triggerEnable,
    queue: sourceMNSParameters.QueueName,
    base64Decode: sourceMNSParameters.IsBase64Decode,
    asynchronous: read.asyncInvocationType,
    schema: read.eventSinkConfig.deliveryOption.eventSchema,
    batchSize: batchWindow.CountBasedWindow,
    retry: retryStrategy.PushRetryStrategy,
    errorsTolerance,
    deadLetterQueue: deadLetterQueue === null ? null : queueOfArn(deadLetterQueue.Arn),
  };
}

/** The queue's name; null where the ARN names none. */
export const queueOfArn = (arn: string): string | null => QUEUE_ARN.exec(arn)?.[1] ?? null;

function isCron(expression: string): boolean {
  if (/^@every [1-9]\d{0,4}[smh]$/.test(expression)) return true;
  const [, timezone, fields] = /^(?:CRON_TZ=(\S+) )?((?:\S+ ){5}\S+)$/.exec(expression) ?? [];
  if (fields === undefined) return false;
  try {
    const cron = new Cron(fields, { paused: true, timezone: timezone ?? 'UTC', mode: '6-part' });
    // Only who asks for a time hears of a zone that there is not, and of the 30th of February, which never comes.
    return cron.nextRun(new Date(0)) !== null;
  } catch {
    return false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidArgument('triggerConfig is not JSON');
  }
}
