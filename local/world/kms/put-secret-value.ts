import { ApiError, action } from '../rpc/action';
import { keepSecret, promoted, secretOf } from './lookups';
import { SECRET_DATA, SECRET_NAME, TEXT, VERSION_ID } from './parameters';

/** Idempotent on the version: the same data again changes nothing, other data is refused. */
export const putSecretValue = action({
  product: 'kms',
  name: 'PutSecretValue',
  parameters: {
    SecretName: SECRET_NAME,
    VersionId: { ...VERSION_ID, required: true },
    SecretData: SECRET_DATA,
    SecretDataType: { type: 'string', values: ['text', 'binary'] },
    VersionStages: TEXT,
  },
  handle: (context, input) => {
    const secret = secretOf(context, input.SecretName);
    const type = input.SecretDataType ?? 'text';
    const standing = secret.versions.find(({ id }) => id === input.VersionId);
    if (standing && (standing.data !== input.SecretData || standing.type !== type))
      throw new ApiError(409, 'Rejected.ResourceExist', 'The specified version exists with other data.');
    const next = { id: input.VersionId, data: input.SecretData, type, stages: ['ACSCurrent'], createdAt: context.now };
    if (!standing) keepSecret(context, { ...secret, versions: promoted(secret.versions, next) });
    const stages = standing?.stages ?? next.stages;
    return { SecretName: input.SecretName, VersionId: input.VersionId, VersionStages: { VersionStage: [...stages] } };
  },
});
