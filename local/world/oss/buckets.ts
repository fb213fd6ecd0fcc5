import { CREDENTIALS, type CredentialRecord } from '../sts/credentials';
import type { Context } from '../world';
import type { BucketRecord, Operations } from './operations';
import { invalidArgument, noSuchBucket, OssError } from './oss-error';

export const BUCKETS = 'oss.buckets';
const MOST_BUCKETS = 100;

export const objectsOf = (bucket: string): string => `oss.objects/${bucket}`;

export function findBucket(context: Context, bucket: string): BucketRecord {
  const record = context.state.get<BucketRecord>(BUCKETS, bucket);
  if (!record) throw noSuchBucket();
  if (record.ofPlatform && !isPlatform(context))
    throw new OssError(403, 'AccessDenied', 'The bucket you visit is not belong to you.');
  return record;
}

const isPlatform = ({ state, caller }: Context): boolean =>
  state.get<CredentialRecord>(CREDENTIALS, caller.accessKeyId)?.ofPlatform ?? false;

/** Making a bucket of one's own again is no error: it sets the ACL that is given. */
export function putBucket(
  context: Context,
  { bucket, acl, storageClass }: Operations['PutBucket']['input'],
): Record<string, never> {
  if (!/^[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/.test(bucket))
    throw new OssError(400, 'InvalidBucketName', 'The specified bucket is not valid.');
  const existing = context.state.get<BucketRecord>(BUCKETS, bucket);
  if (existing?.ofPlatform)
    throw new OssError(409, 'BucketAlreadyExists', 'The requested bucket name is not available.');
  if (!existing && ownBuckets(context).length >= (context.settings.quotas['oss.buckets'] ?? MOST_BUCKETS))
    throw new OssError(400, 'TooManyBuckets', 'You have attempted to create more buckets than allowed.');
  context.state.put(BUCKETS, bucket, {
    bucket,
    createdAt: existing?.createdAt ?? context.now,
    region: context.settings.region,
    acl: acl ?? existing?.acl ?? 'private',
    storageClass: existing?.storageClass ?? storageClass ?? 'Standard',
    versioning: existing?.versioning ?? null,
  } satisfies BucketRecord);
  return {};
}

export function putBucketAcl(
  context: Context,
  { bucket, acl }: Operations['PutBucketAcl']['input'],
): Record<string, never> {
  context.state.put(BUCKETS, bucket, { ...findBucket(context, bucket), acl });
  return {};
}

export function putBucketVersioning(
  context: Context,
  { bucket, status }: Operations['PutBucketVersioning']['input'],
): Record<string, never> {
  context.state.put(BUCKETS, bucket, { ...findBucket(context, bucket), versioning: status });
  return {};
}

export function putPublicAccessBlock(
  context: Context,
  { bucket, blocked }: Operations['PutPublicAccessBlock']['input'],
): Record<string, never> {
  context.state.put(BUCKETS, bucket, { ...findBucket(context, bucket), publicAccessBlocked: blocked });
  return {};
}

export function deleteBucket(context: Context, { bucket }: { bucket: string }): Record<string, never> {
  findBucket(context, bucket);
  if (context.state.size(objectsOf(bucket)) > 0)
    throw new OssError(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty.');
  context.state.delete(BUCKETS, bucket);
  return {};
}

export function listBuckets(
  context: Context,
  { prefix, marker, maxKeys }: Operations['ListBuckets']['input'],
): Operations['ListBuckets']['result'] {
  checkMaxKeys(maxKeys);
  const found = ownBuckets(context).filter(({ bucket }) => bucket > marker && bucket.startsWith(prefix));
  const page = found.slice(0, maxKeys);
  return { buckets: page, nextMarker: found.length > page.length ? (page.at(-1)?.bucket ?? null) : null };
}

/** By name, without the platform's. */
const ownBuckets = ({ state }: Context): BucketRecord[] =>
  state
    .keysBetween(BUCKETS)
    .flatMap((name) => state.get<BucketRecord>(BUCKETS, name) ?? [])
    .filter(({ ofPlatform }) => !ofPlatform);

export function checkMaxKeys(maxKeys: number): void {
  if (!Number.isInteger(maxKeys) || maxKeys < 1 || maxKeys > 1_000)
    throw invalidArgument('Argument max-keys must be an integer between 1 and 1000.');
}
