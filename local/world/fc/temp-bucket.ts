/**
 * The service's own bucket, into which the deployment tool puts code before it creates a function. The account sees
 * neither the bucket nor what is in it: its name is the service's, and its objects go when a function took them, or
 * with the credentials that could put them.
 */
import type { EpochMs } from '../../../shared/clock';
import { BUCKETS, objectsOf } from '../oss/buckets';
import type { BucketRecord } from '../oss/operations';
import { CREDENTIALS } from '../sts/credentials';
import type { Context } from '../world';

export const TEMP_BUCKET = 'fc-temp-code-of-the-local-cloud';
const EXPIRE = 'fc.expire-temp-code';

export const isTempBucket = (name: string | undefined): name is string => name === TEMP_BUCKET;

interface TempCode {
  accessKeyId: string;
  /** `<account>/<object>`. */
  key: string;
}

/** Made when it is first asked for. */
export function openTempBucket({ state, now, settings }: Context): void {
  if (state.get(BUCKETS, TEMP_BUCKET) !== undefined) return;
  state.put(BUCKETS, TEMP_BUCKET, {
    bucket: TEMP_BUCKET,
    createdAt: now,
    region: settings.region,
    acl: 'private',
    storageClass: 'Standard',
    versioning: null,
    ofPlatform: true,
  } satisfies BucketRecord);
}

export const expireAt = (context: Context, at: EpochMs, code: TempCode): void => context.schedule(at, EXPIRE, code);

export const tempBucketEffects = {
  [EXPIRE]: ({ state }: Context, { accessKeyId, key }: TempCode): void => {
    state.delete(CREDENTIALS, accessKeyId);
    dropTempCode(state, key);
  },
};

export const dropTempCode = (state: Context['state'], key: string): void => state.delete(objectsOf(TEMP_BUCKET), key);
