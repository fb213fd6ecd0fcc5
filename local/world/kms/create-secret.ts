import * as z from 'zod';
import { ApiError, action } from '../rpc/action';
import { parseJson } from './json-text';
import { arnOf, keepSecret } from './lookups';
import { SECRET_DATA, SECRET_NAME, TEXT, VERSION_ID } from './parameters';
import { SECRETS, type SecretRecord, secretKey } from './records';

const tagsSchema = z.array(z.strictObject({ TagKey: z.string().max(128), TagValue: z.string().max(128) })).max(20);

/** No ClientToken: a second secret of a name is refused, which is what makes a repeat safe. */
export const createSecret = action({
  product: 'kms',
  name: 'CreateSecret',
  parameters: {
    SecretName: SECRET_NAME,
    VersionId: { ...VERSION_ID, required: true },
    SecretData: SECRET_DATA,
    SecretDataType: { type: 'string', values: ['text', 'binary'] },
    SecretType: { type: 'string', values: ['Generic'] },
    EncryptionKeyId: TEXT,
    DKMSInstanceId: TEXT,
    Description: { type: 'string', maxLength: 8_192 },
    Tags: TEXT,
  },
  handle: (context, input) => {
    const { state, region, now } = context;
    const standing = state.get<SecretRecord>(SECRETS, secretKey(region, input.SecretName));
    const gone = standing?.deletedUntil !== null && standing !== undefined && standing.deletedUntil <= now;
    if (standing && !gone) throw new ApiError(409, 'Rejected.ResourceExist', 'The specified resource already exists.');
    keepSecret(context, {
      name: input.SecretName,
      region,
      description: input.Description ?? '',
      createdAt: now,
      versions: [
        {
          id: input.VersionId,
          data: input.SecretData,
          type: input.SecretDataType ?? 'text',
          stages: ['ACSCurrent'],
          createdAt: now,
        },
      ],
      tags: tagsOf(input.Tags),
      deletedUntil: null,
    });
    return { Arn: arnOf(context, input.SecretName), SecretName: input.SecretName, VersionId: input.VersionId };
  },
});

/** A JSON text, unlike everywhere else. */
function tagsOf(text: string | undefined): SecretRecord['tags'] {
  if (text === undefined) return [];
  const parsed = tagsSchema.safeParse(parseJson(text));
  if (!parsed.success)
    throw new ApiError(400, 'InvalidParameter', 'The specified value of parameter "Tags" is not valid.');
  return parsed.data;
}
