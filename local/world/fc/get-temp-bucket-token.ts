import { createHash } from 'node:crypto';
import { after, isoSeconds, seconds } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/json';
import { CREDENTIALS, type CredentialRecord } from '../sts/credentials';
import type { Context } from '../world';
import { expireAt, openTempBucket, TEMP_BUCKET } from './temp-bucket';

const LIFE = seconds(3_600);
/** A role of the service's own, in no account of ours. */
const ROLE = 'acs:ram::0000000000000000:role/aliyunfctempcoderole';

/** Credentials that can put one object, whose name is drawn here, and do nothing else. */
export function getTempBucketToken(context: Context): JsonObject {
  const { accountId, region } = context.settings;
  openTempBucket(context);
  const objectName = context.newId('code-');
  const key = `${accountId}/${objectName}`;
  const expiresAt = after(context.now, LIFE);
  const credential: CredentialRecord = {
    accessKeyId: context.newId('STS.'),
    secret: drawn(context.newId('secret-')),
    securityToken: drawn(context.newId('token-')),
    roleArn: ROLE,
    accountId,
    expiresAt,
    policy: JSON.stringify({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'oss:PutObject', Resource: `acs:oss:*:*:${TEMP_BUCKET}/${key}` }],
    }),
    ofPlatform: true,
  };
  context.state.put(CREDENTIALS, credential.accessKeyId, credential);
  expireAt(context, expiresAt, { accessKeyId: credential.accessKeyId, key });
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
