/**
 * What s.yaml says of one function, its variables expanded: the props of the component `fc3` that the project uses, and
 * no others. The component itself checks next to nothing (its schema knows no unknown key and nothing of a trigger's
 * configuration, and `s deploy` only logs what it finds), so a typo would be found on the account.
 */
import * as z from 'zod';

const text = z.string().min(1);

const logConfig = z.strictObject({
  project: text,
  logstore: text,
  enableRequestMetrics: z.boolean(),
  enableInstanceMetrics: z.boolean(),
  logBeginRule: z.enum(['DefaultRegex', 'None']),
});

const destination = z.strictObject({ destination: text });

const asyncInvokeConfig = z.strictObject({
  /** Left out, every deployment would tell of a difference. */
  qualifier: z.literal('LATEST'),
  maxAsyncEventAgeInSeconds: z.int().min(1).max(2_592_000),
  maxAsyncRetryAttempts: z.int().min(0).max(8),
  destinationConfig: z.strictObject({ onSuccess: destination.optional(), onFailure: destination }),
});

const concurrencyConfig = z.strictObject({ reservedConcurrency: z.int().min(1) });

const commonOfTrigger = {
  triggerName: z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,127}$/),
  description: z.string().optional(),
  qualifier: z.literal('LATEST'),
};

/** The service's own names; there is no `oss:ObjectRemoved:*`. */
export const OSS_EVENTS = [
  'oss:ObjectCreated:*',
  'oss:ObjectRemoved:DeleteObject',
  'oss:ObjectRemoved:DeleteObjects',
] as const;

const ossTrigger = z.strictObject({
  ...commonOfTrigger,
  triggerType: z.literal('oss'),
  sourceArn: text,
  invocationRole: text,
  triggerConfig: z.strictObject({
    events: z.array(z.enum(OSS_EVENTS)).min(1),
    filter: z.strictObject({ key: z.strictObject({ prefix: text, suffix: z.string() }) }),
  }),
});

const httpTrigger = z.strictObject({
  ...commonOfTrigger,
  triggerType: z.literal('http'),
  triggerConfig: z.strictObject({
    authType: z.enum(['anonymous', 'function']),
    methods: z.array(z.enum(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'])).min(1),
    disableURLInternet: z.boolean(),
  }),
});

const timerTrigger = z.strictObject({
  ...commonOfTrigger,
  triggerType: z.literal('timer'),
  triggerConfig: z.strictObject({ cronExpression: text, enable: z.boolean(), payload: z.string() }),
});

/** Its outer keys are camelCase and its parameters PascalCase: so the API has them. */
const eventBridgeTrigger = z.strictObject({
  ...commonOfTrigger,
  triggerType: z.literal('eventbridge'),
  /** Taken here to be refused with its reason (check-triggers.ts). */
  invocationRole: text.optional(),
  triggerConfig: z.strictObject({
    triggerEnable: z.boolean(),
    asyncInvocationType: z.boolean(),
    eventRuleFilterPattern: text,
    eventSourceConfig: z.strictObject({
      eventSourceType: z.literal('MNS'),
      eventSourceParameters: z.strictObject({
        sourceMNSParameters: z.strictObject({ RegionId: text, QueueName: text, IsBase64Decode: z.boolean() }),
      }),
    }),
    eventSinkConfig: z.strictObject({
      deliveryOption: z.strictObject({
        mode: z.literal('event-streaming'),
        eventSchema: z.enum(['CloudEvents', 'RawData']),
      }),
    }),
    runOptions: z.strictObject({
      mode: z.literal('event-streaming'),
      errorsTolerance: z.enum(['ALL', 'NONE']),
      retryStrategy: z.strictObject({ PushRetryStrategy: z.enum(['BACKOFF_RETRY', 'EXPONENTIAL_DECAY_RETRY']) }),
      deadLetterQueue: z.strictObject({ Arn: text }),
      batchWindow: z.strictObject({
        CountBasedWindow: z.int().min(1).max(10_000),
        TimeBasedWindow: z.int().min(0).max(15),
      }),
    }),
  }),
});

const trigger = z.discriminatedUnion('triggerType', [ossTrigger, httpTrigger, timerTrigger, eventBridgeTrigger]);

export const propsSchema = z.strictObject({
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+(-\d)?$/),
  functionName: z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/),
  description: z.string(),
  /** The one that the project is built for and the local cloud runs. */
  runtime: z.literal('nodejs20'),
  code: text,
  handler: z.string().regex(/^[\w/-]+\.\w+$/),
  timeout: z.int().min(1).max(86_400),
  memorySize: z.int().min(128).max(32_768).multipleOf(64),
  cpu: z.number().min(0.05).max(16),
  diskSize: z.union([z.literal(512), z.literal(10_240)]),
  role: text,
  environmentVariables: z.record(z.string(), z.string()),
  logConfig,
  asyncInvokeConfig: asyncInvokeConfig.optional(),
  concurrencyConfig,
  triggers: z.array(trigger).min(1),
});

export type FunctionProps = z.infer<typeof propsSchema>;
export type TriggerProps = FunctionProps['triggers'][number];

export interface Deployment {
  /** The resource's name in s.yaml, and the folder's in functions/. */
  name: string;
  /** Absolute. */
  codeFolder: string;
  props: FunctionProps;
}
