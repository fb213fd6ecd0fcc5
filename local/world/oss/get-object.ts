import type { Context } from '../world';
import { findBucket, objectsOf } from './buckets';
import type { ObjectRecord, Operations, Preconditions } from './operations';
import { noSuchKey, notModified, preconditionFailed } from './oss-error';

/** Ranges are the wire's affair: they choose bytes, not objects. */
export function getObject(context: Context, input: Operations['GetObject']['input']): ObjectRecord {
  findBucket(context, input.bucket);
  const object = findObject(context, input);
  checkPreconditions(object, input.preconditions);
  return object;
}

export function findObject(context: Context, { bucket, key }: { bucket: string; key: string }): ObjectRecord {
  const object = context.state.get<ObjectRecord>(objectsOf(bucket), key);
  if (!object) throw noSuchKey();
  return object;
}

/** What must hold is asked before what saves a transfer. HTTP's times are whole seconds. */
export function checkPreconditions(object: ObjectRecord, preconditions: Preconditions): void {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = preconditions;
  const modifiedAt = Math.floor(object.modifiedAt / 1_000) * 1_000;
  if (ifMatch !== undefined && !matches(ifMatch, object.eTag)) throw preconditionFailed();
  if (ifUnmodifiedSince !== undefined && modifiedAt > ifUnmodifiedSince) throw preconditionFailed();
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, object.eTag)) throw notModified();
  if (ifModifiedSince !== undefined && modifiedAt <= ifModifiedSince) throw notModified();
}

const matches = (tag: string, eTag: string): boolean => tag === '*' || tag.toUpperCase() === eTag;
