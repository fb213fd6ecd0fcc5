/**
 * Listing in the order of keys, with what lies behind a delimiter folded into common prefixes. The state sorts by code
 * units, the service by UTF-8: they differ only between characters above U+FFFF and those just below it.
 */
import type { Context } from '../world';
import { checkMaxKeys, findBucket, objectsOf } from './buckets';
import type { ObjectRecord, ObjectSummary, Operations } from './operations';

export function listObjects(
  context: Context,
  { bucket, prefix, delimiter, after, maxKeys }: Operations['ListObjects']['input'],
): Operations['ListObjects']['result'] {
  findBucket(context, bucket);
  checkMaxKeys(maxKeys);
  const objects: ObjectSummary[] = [];
  const prefixes: string[] = [];
  let last = '';
  for (const key of context.state.keysBetween(objectsOf(bucket), prefix > after ? prefix : after)) {
    if (!key.startsWith(prefix)) {
      // Keys are in order: behind the prefix nothing more can match, before it something may.
      if (key > prefix) break;
      continue;
    }
    const folded = commonPrefix(key, prefix, delimiter);
    if (key === after || folded === after || (folded !== null && folded === prefixes.at(-1))) continue;
    if (objects.length + prefixes.length === maxKeys) return { objects, prefixes, next: last };
    last = folded ?? key;
    if (folded !== null) prefixes.push(folded);
    else objects.push(summary(context.state.get<ObjectRecord>(objectsOf(bucket), key) as ObjectRecord));
  }
  return { objects, prefixes, next: null };
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | null {
  if (delimiter === '') return null;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? null : key.slice(0, at + delimiter.length);
}

const summary = ({ key, size, eTag, modifiedAt, storageClass }: ObjectRecord): ObjectSummary => ({
  key,
  size,
  eTag,
  modifiedAt,
  storageClass,
});
