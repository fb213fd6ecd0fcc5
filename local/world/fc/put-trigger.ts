/** What CreateTrigger and UpdateTrigger have in common: a trigger is kept where its source is there, and free. */
import type { JsonObject } from '../../../shared/json';
import { BUCKETS } from '../oss/buckets';
import type { BucketRecord } from '../oss/operations';
import { QUEUES } from '../smq/queue';
import type { Context } from '../world';
import { FcError, invalidArgument } from './fc-error';
import { TRIGGERS, type TriggerRecord } from './records';
import { triggerView } from './trigger-view';

/** OSS keeps that many rules a bucket (facts: function-compute, section 3). */
const MOST_TRIGGERS_OF_BUCKET = 10;

export function putTrigger(context: Context, record: TriggerRecord): JsonObject {
  if (record.type === 'oss') checkBucket(context, record);
  if (record.type === 'eventbridge') checkQueues(context, record);
  context.state.put(TRIGGERS, `${record.functionName}/${record.name}`, record);
  return triggerView(record);
}

type OssTrigger = Extract<TriggerRecord, { type: 'oss' }>;
type StreamTrigger = Extract<TriggerRecord, { type: 'eventbridge' }>;

/** OSS notifies one trigger of an event: two that both want it cannot be configured. */
function checkBucket({ state }: Context, record: OssTrigger): void {
  const bucket = state.get<BucketRecord>(BUCKETS, record.bucket);
  if (bucket === undefined || bucket.ofPlatform) throw invalidArgument(`bucket '${record.bucket}' does not exist`);
  const others = state
    .values<TriggerRecord>(TRIGGERS)
    .filter((one): one is OssTrigger => one.type === 'oss' && one.id !== record.id && one.bucket === record.bucket);
  if (others.length >= MOST_TRIGGERS_OF_BUCKET)
    throw new FcError(400, 'LimitExceededError', `a bucket has at most ${MOST_TRIGGERS_OF_BUCKET} triggers`);
  const rival = others.find((one) => overlap(one, record));
  if (rival)
    throw invalidArgument(
      `the prefix and suffix overlap with those of trigger '${rival.name}' of function '${rival.functionName}'`,
    );
}

/** EventBridge reads the one and writes the other: a stream without its queue never starts. */
function checkQueues({ state }: Context, { queue, deadLetterQueue }: StreamTrigger): void {
  const missing = [queue, ...(deadLetterQueue === null ? [] : [deadLetterQueue])].find(
    (name) => state.get(QUEUES, name) === undefined,
  );
  if (missing !== undefined) throw invalidArgument(`queue '${missing}' does not exist`);
}

const overlap = (a: OssTrigger, b: OssTrigger): boolean =>
  a.events.some((event) => b.events.some((other) => matches(event, other) || matches(other, event))) &&
  (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix)) &&
  (a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix));

/** `oss:ObjectCreated:*` matches every event of its group. */
const matches = (pattern: string, event: string): boolean =>
  pattern === event || (pattern.endsWith(':*') && event.startsWith(pattern.slice(0, -1)));
