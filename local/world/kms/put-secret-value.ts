import * as z from 'zod';
import { ApiError, action } from '../rpc/action';
import { parseJson } from './json-text';
import { keepSecret, secretOf, withVersion } from './lookups';
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
    const next = {
      id: input.VersionId,
      data: input.SecretData,
      type,
      stages: stagesOf(input.VersionStages),
      createdAt: context.now,
    };
    if (!standing) keepSecret(context, { ...secret, versions: withVersion(secret.versions, next) });
    const stages = standing?.stages ?? next.stages;
    return { SecretName: input.SecretName, VersionId: input.VersionId, VersionStages: { VersionStage: [...stages] } };
  },
});

const stagesSchema = z.array(z.string().min(1).max(64)).min(1).max(8);

/** A JSON text; ACSCurrent where it is left out. ACSPrevious is the service's to give. */
function stagesOf(text: string | undefined): string[] {
  if (text === undefined) return ['ACSCurrent'];
  const parsed = stagesSchema.safeParse(parseJson(text));
  if (!parsed.success || parsed.data.includes('ACSPrevious'))
    throw new ApiError(400, 'InvalidParameter', 'The specified value of parameter "VersionStages" is not valid.');
  return [...new Set(parsed.data)];
}
