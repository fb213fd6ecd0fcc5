import { epochMs, isoSeconds } from '../../../shared/clock';
import { action } from '../rpc/action';
import { missingSecret, secretOf } from './lookups';
import { SECRET_NAME, TEXT, VERSION_ID } from './parameters';

/** By version, by stage, or by both; ACSCurrent where neither is given. */
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
    const stage = VersionStage ?? (VersionId === undefined ? 'ACSCurrent' : undefined);
    const version = versions.find(
      ({ id, stages }) => (VersionId ?? id) === id && (stage === undefined || stages.includes(stage)),
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
