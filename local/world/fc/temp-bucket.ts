/**
 * The service's own bucket, into which the deployment tool puts code before it creates a function. The account sees
 * neither the bucket nor what is in it: its name is the service's, and its objects go when a function took them.
 */
import { createHash } from 'node:crypto';
import { after, isoSeconds, seconds } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/json';
import { BUCKETS } from '../oss/buckets';
import type { BucketRecord } from '../oss/operations';
import { CREDENTIALS, type CredentialRecord } from '../sts/credentials';
import type { Context } from '../world';

const TEMP_BUCKET = 'fc-temp-code-of-the-local-cloud';
const LIFE = seconds(3_600);

export const isTempBucket = (name: string | undefined): name is string => name === TEMP_BUCKET;

/** The role is the service's; its session may do one thing. */
const roleOf = (accountId: string): string => `acs:ram::${accountId}:role/aliyunfcserviceinternalrole`;

export function getTempBucketToken(context: Context): JsonObject {
  const { accountId, region } = context.settings;
  context.state.put(BUCKETS, TEMP_BUCKET, {
    bucket: TEMP_BUCKET,
    createdAt: context.now,
    region,
    acl: 'private',
    storageClass: 'Standard',
    versioning: null,
    ofPlatform: true,
  } satisfies BucketRecord);
  const objectName = context.newId('code-');
  const expiresAt = after(context.now, LIFE);
  const credential: CredentialRecord = {
    accessKeyId: context.newId('STS.'),
    secret: drawn(context.newId('secret-')),
    securityToken: drawn(context.newId('token-')),
    roleArn: roleOf(accountId),
    accountId,
    expiresAt,
    policy: JSON.stringify({
      Version: '1',
      Statement: [
        { Effect: 'Allow', Action: 'oss:PutObject', Resource: `acs:oss:*:*:${TEMP_BUCKET}/${accountId}/${objectName}` },
      ],
    }),
  };
  context.state.put(CREDENTIALS, credential.accessKeyId, credential);
  return {
    credentials: {
      AccessKeyId: credential.accessKeyId,
      AccessKeySecret: credential.secret,
      SecurityToken: credential.securityToken,
      Expiration: isoSeconds(expiresAt),
    },
    ossBucket: TEMP_BUCKET,
    ossRegion: region,
    objectName,
  };
}

/** Drawn from the seed like every id: the same history gives the same keys, which open nothing but this cloud. */
const drawn = (id: string): string => createHash('sha256').update(id).digest('hex');
