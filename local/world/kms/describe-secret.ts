import { epochMs, isoSeconds } from '../../../shared/clock';
import { action } from '../rpc/action';
import { arnOf, standingSecret } from './lookups';
import { SECRET_NAME, TEXT } from './parameters';

/** What the service says of a secret without its data. */
export const describeSecret = action({
  product: 'kms',
  name: 'DescribeSecret',
  parameters: { SecretName: SECRET_NAME, FetchTags: TEXT },
  handle: (context, { SecretName, FetchTags }) => {
    const secret = standingSecret(context, SecretName);
    const latest = secret.versions.at(-1)?.createdAt ?? secret.createdAt;
    return {
      Arn: arnOf(context, SecretName),
      SecretName,
      Description: secret.description,
      EncryptionKeyId: '',
      CreateTime: isoSeconds(epochMs(secret.createdAt)),
      UpdateTime: isoSeconds(epochMs(latest)),
      PlannedDeleteTime: secret.deletedUntil === null ? '' : isoSeconds(epochMs(secret.deletedUntil)),
      ...(FetchTags?.toLowerCase() === 'true' ? { Tags: { Tag: secret.tags.map((tag) => ({ ...tag })) } } : {}),
    };
  },
});
