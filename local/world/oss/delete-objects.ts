/** Deleting what is not there succeeds, and is no event. */
import type { Context } from '../world';
import { findBucket, objectsOf } from './buckets';
import { notify } from './notifications';
import type { Notification, ObjectRecord, Operations } from './operations';
import { OssError } from './oss-error';

const MOST_KEYS = 1_000;

export function deleteObject(
  context: Context,
  { bucket, key, sourceIp }: Operations['DeleteObject']['input'],
): Record<string, never> {
  findBucket(context, bucket);
  remove(context, { bucket, key, sourceIp, eventName: 'ObjectRemoved:DeleteObject' });
  return {};
}

export function deleteObjects(
  context: Context,
  { bucket, keys, sourceIp }: Operations['DeleteObjects']['input'],
): Operations['DeleteObjects']['result'] {
  findBucket(context, bucket);
  if (keys.length < 1 || keys.length > MOST_KEYS)
    throw new OssError(400, 'MalformedXML', 'The XML you provided was not well-formed.');
  for (const key of keys) remove(context, { bucket, key, sourceIp, eventName: 'ObjectRemoved:DeleteObjects' });
  return { deleted: keys };
}

function remove(
  context: Context,
  { bucket, key, ...event }: Pick<Notification, 'bucket' | 'key' | 'sourceIp' | 'eventName'>,
): void {
  const existing = context.state.get<ObjectRecord>(objectsOf(bucket), key);
  if (!existing) return;
  context.state.delete(objectsOf(bucket), key);
  notify(context, { ...event, bucket, key, size: existing.size, eTag: existing.eTag, deltaSize: -existing.size });
}
