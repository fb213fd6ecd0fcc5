import { epochMs, isoSeconds } from '../../../shared/clock';
import { action } from '../rpc/action';
import { secretOf } from './lookups';
import { SECRET_NAME, TEXT } from './parameters';

/** Versions that carry a stage; those that carry none only where the request asks for them. */
export const listSecretVersionIds = action({
  product: 'kms',
  name: 'ListSecretVersionIds',
  parameters: {
    SecretName: SECRET_NAME,
    IncludeDeprecated: TEXT,
    PageNumber: { type: 'integer', minimum: 1 },
    PageSize: { type: 'integer', minimum: 1, maximum: 100 },
  },
  handle: (context, { SecretName, IncludeDeprecated, PageNumber = 1, PageSize = 10 }) => {
    const all = IncludeDeprecated?.toLowerCase() === 'true';
    const versions = secretOf(context, SecretName).versions.filter(({ stages }) => all || stages.length > 0);
    const page = versions.slice((PageNumber - 1) * PageSize, PageNumber * PageSize);
    return {
      SecretName,
      PageNumber,
      PageSize,
      TotalCount: versions.length,
      VersionIds: {
        VersionId: page.map(({ id, stages, createdAt }) => ({
          VersionId: id,
          CreateTime: isoSeconds(epochMs(createdAt)),
          VersionStages: { VersionStage: [...stages] },
        })),
      },
    };
  },
});
