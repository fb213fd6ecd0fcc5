import { epochMs, isoSeconds } from '../../../shared/clock';
import { action } from '../rpc/action';
import { missingSecret, secretOf } from './lookups';
import { SECRET_NAME, TEXT, VERSION_ID } from './parameters';

/** By version, or by stage: ACSCurrent where neither is given. */
export const getSecretValue = action({
  product: 'kms',
  name: 'GetSecretValue',
  parameters: {
    SecretName: SECRET_NAME,
    VersionId: VERSION_ID,
    VersionStage: TEXT,
    FetchExtendedConfig: { type: 'boolean' },
  },
  handle: (context, { SecretName, VersionId, VersionStage }) => {
    const { versions } = secretOf(context, SecretName);
    const stage = VersionStage ?? 'ACSCurrent';
    const version = versions.find((one) =>
      VersionId === undefined ? one.stages.includes(stage) : one.id === VersionId,
    );
    if (!version) throw missingSecret();
    return {
      SecretName,
      VersionId: version.id,
      SecretData: version.data,
      SecretDataType: version.type,
      CreateTime: isoSeconds(epochMs(version.createdAt)),
      VersionStages: { VersionStage: [...version.stages] },
    };
  },
});
