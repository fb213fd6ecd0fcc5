/** Queues as the state keeps them, and the limits of their attributes. */
import type { EpochMs } from '../../../shared/clock';
import type { Context } from '../world';
import type { QueueAttributes } from './operations';
import { invalidArgument, outOfRange, queueNotExist, SmqError } from './smq-error';

export interface QueueRecord extends QueueAttributes {
  queue: string;
  createdAt: EpochMs;
  modifiedAt: EpochMs;
}

export const QUEUES = 'smq.queues';

const DEFAULTS: QueueAttributes = {
  delaySeconds: 0,
  maximumMessageSize: 65_536,
  messageRetentionPeriod: 345_600,
  visibilityTimeout: 30,
  pollingWaitSeconds: 0,
  loggingEnabled: false,
  deadLetterPolicy: null,
};

export function createQueue(
  context: Context,
  { queue, attributes }: { queue: string; attributes: Partial<QueueAttributes> },
): { created: boolean } {
  checkName(queue);
  const wanted = checkAttributes({ ...DEFAULTS, ...attributes });
  const existing = context.state.get<QueueRecord>(QUEUES, queue);
  if (!existing) {
    const record: QueueRecord = { queue, ...wanted, createdAt: context.now, modifiedAt: context.now };
    context.state.put(QUEUES, queue, record);
    return { created: true };
  }
  const same = Object.entries(wanted).every(
    ([name, value]) => JSON.stringify(existing[name as keyof QueueAttributes]) === JSON.stringify(value),
  );
  if (!same) throw new SmqError(409, 'QueueAlreadyExist', 'The queue you want to create is already exist.');
  return { created: false };
}

export function setQueueAttributes(
  context: Context,
  { queue, attributes }: { queue: string; attributes: Partial<QueueAttributes> },
): Record<string, never> {
  const { createdAt, queue: name, modifiedAt: _, ...current } = findQueue(context, queue);
  const changed = checkAttributes({ ...current, ...attributes });
  context.state.put(QUEUES, name, {
    queue: name,
    ...changed,
    createdAt,
    modifiedAt: context.now,
  } satisfies QueueRecord);
  return {};
}

export function listQueue(
  context: Context,
  { prefix, marker, limit }: { prefix: string; marker: string; limit: number },
): { queues: string[]; nextMarker: string | null } {
  if (limit < 1 || limit > 1_000) throw outOfRange('x-mns-ret-number', 1, 1_000, '');
  const names = context.state.keysBetween(QUEUES, marker).filter((name) => name.startsWith(prefix));
  return { queues: names.slice(0, limit), nextMarker: names[limit] ?? null };
}

export function findQueue(context: Context, queue: string): QueueRecord {
  const record = context.state.get<QueueRecord>(QUEUES, queue);
  if (!record) throw queueNotExist();
  return record;
}

function checkName(queue: string): void {
  if (queue.length < 1 || queue.length > 120)
    throw new SmqError(400, 'QueueNameLengthError', 'The length of queue name should between 1 and 120.');
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(queue))
    throw new SmqError(
      400,
      'InvalidQueueName',
      'The queue name you provided is invalid. QueueName should start with alphabet and contain only alphabet, digit or -.',
    );
}

const RANGES = [
  ['delaySeconds', 'DelaySeconds', 0, 604_800, 'seconds'],
  ['maximumMessageSize', 'MaximumMessageSize', 1_024, 65_536, 'bytes'],
  ['messageRetentionPeriod', 'MessageRetentionPeriod', 60, 604_800, 'seconds'],
  ['visibilityTimeout', 'VisibilityTimeout', 1, 43_200, 'seconds'],
  ['pollingWaitSeconds', 'PollingWaitSeconds', 0, 30, 'seconds'],
] as const;

function checkAttributes(attributes: QueueAttributes): QueueAttributes {
  for (const [field, name, low, high, unit] of RANGES) checkRange(attributes[field], name, low, high, unit);
  const policy = attributes.deadLetterPolicy;
  if (policy?.enabled) {
    checkRange(policy.maxReceiveCount, 'MaxReceiveCount', 1, 1_000, '');
    if (policy.targetQueue === '') throw invalidArgument('DeadLetterTargetQueue is required.');
  }
  return attributes;
}

export function checkRange(
  value: number,
  name: string,
  low: number,
  high: number,
  unit: 'seconds' | 'bytes' | '',
): void {
  if (!Number.isInteger(value) || value < low || value > high) throw outOfRange(name, low, high, unit);
}
