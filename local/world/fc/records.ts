/**
 * What Function Compute keeps in the world: written by the control plane (this folder), read by the runtime
 * (local/runtime), which runs functions and triggers from these records and nothing else.
 */
import type { EpochMs } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/json';

/** Key: the function's name. */
export const FUNCTIONS = 'fc.functions';

export interface FunctionRecord {
  name: string;
  id: string;
  /** `nodejs20` is the only one that the runtime can run. */
  runtime: string;
  /** `index.handler`: file, dot, export. */
  handler: string;
  /** vCPU. */
  cpu: number;
  memoryMb: number;
  timeoutSeconds: number;
  /** Events that one instance handles at once. */
  instanceConcurrency: number;
  /** An ARN, as it was sent; null where the function has none. Compared without regard to case. */
  role: string | null;
  environment: Readonly<Record<string, string>>;
  /** Handlers of the instance's life; null where there are none. */
  initializer: { handler: string; timeoutSeconds: number } | null;
  preStop: { handler: string; timeoutSeconds: number } | null;
  /** CRC-64/ECMA-182 of the zip, unsigned decimal; key of CODE. */
  codeChecksum: string;
  codeSize: number;
  /** Everything else that was sent, given back as it came. */
  echo: JsonObject;
  createdAt: EpochMs;
  modifiedAt: EpochMs;
  /** Raised by every change: an instance of an older one takes no further event. */
  revision: number;
}

/** Key: the checksum. Value: the zip in base64. Dropped when no function names it any more. */
export const CODE = 'fc.code';

/** Key: `<function>/<trigger>`. */
export const TRIGGERS = 'fc.triggers';

export type TriggerRecord = {
  functionName: string;
  name: string;
  id: string;
  qualifier: string;
  description: string;
  sourceArn: string | null;
  invocationRole: string | null;
  /** As sent: a string that holds JSON. */
  triggerConfig: string;
  createdAt: EpochMs;
  modifiedAt: EpochMs;
} & TriggerKind;

/** `triggerConfig`, checked and read. */
export type TriggerKind =
  | { type: 'http'; methods: readonly string[]; authType: 'anonymous' | 'function' }
  /** Events with `*`, as configured: `oss:ObjectCreated:*`. */
  | { type: 'oss'; bucket: string; events: readonly string[]; prefix: string; suffix: string }
  /** Six fields in UTC, `CRON_TZ=… ` before them, or `@every 1m`. */
  | { type: 'timer'; cronExpression: string; enabled: boolean; payload: string }
  | {
      type: 'eventbridge';
      enabled: boolean;
      queue: string;
      base64Decode: boolean;
      /** False: the stream waits for the function's result. */
      asynchronous: boolean;
      schema: 'CloudEvents' | 'RawData';
      /** Most messages in a push. */
      batchSize: number;
      retry: 'BACKOFF_RETRY' | 'EXPONENTIAL_DECAY_RETRY';
      /** NONE: the stream blocks where the tries are used up. */
      errorsTolerance: 'ALL' | 'NONE';
      /** The queue's name; null drops what is given up. */
      deadLetterQueue: string | null;
    };

/** Key: the function's name. */
export const ASYNC_CONFIGS = 'fc.async-invoke-configs';

export interface AsyncConfigRecord {
  functionName: string;
  /** 0 to 8. */
  maximumRetries: number;
  maximumAgeSeconds: number;
  /** ARNs of functions or queues; null where there is none. */
  onSuccess: string | null;
  onFailure: string | null;
  createdAt: EpochMs;
  modifiedAt: EpochMs;
  /** As sent. */
  echo: JsonObject;
}

/** What stands where a function has no configuration of its own. */
export const DEFAULT_ASYNC = {
  maximumRetries: 3,
  maximumAgeSeconds: 86_400,
  onSuccess: null,
  onFailure: null,
} as const;

/** Key: function name. Value: the reserved concurrency. */
export const CONCURRENCY = 'fc.concurrency';

/** Accepted and not delivered yet. Key: a sequence, padded. The runtime deletes it when it ended, one way or the other. */
export const ASYNC_INVOCATIONS = 'fc.async-invocations';

export interface AsyncInvocationRecord {
  functionName: string;
  requestId: string;
  /** Base64. */
  payload: string;
  acceptedAt: EpochMs;
}
