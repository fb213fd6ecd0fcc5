import { epochMs, isoSeconds } from '../../../shared/clock';
import { action } from '../rpc/action';
import { TEXT } from './parameters';
import { SECRETS, type SecretRecord } from './records';

/** Of the region, in the order of creation; tags only where the request asks for them. */
export const listSecrets = action({
  product: 'kms',
  name: 'ListSecrets',
  parameters: {
    FetchTags: TEXT,
    PageNumber: { type: 'integer', minimum: 1 },
    PageSize: { type: 'integer', minimum: 1, maximum: 100 },
  },
  handle: ({ state, region, now }, { FetchTags, PageNumber = 1, PageSize = 10 }) => {
    const withTags = FetchTags?.toLowerCase() === 'true';
    const secrets = state
      .values<SecretRecord>(SECRETS)
      .filter((secret) => secret.region === region && (secret.deletedUntil === null || secret.deletedUntil > now));
    const page = secrets.slice((PageNumber - 1) * PageSize, PageNumber * PageSize);
    return {
      PageNumber,
      PageSize,
      TotalCount: secrets.length,
      SecretList: { Secret: page.map((secret) => view(secret, withTags)) },
    };
  },
});

function view({ name, createdAt, versions, deletedUntil, tags }: SecretRecord, withTags: boolean) {
  const changedAt = versions.at(-1)?.createdAt ?? createdAt;
  return {
    SecretName: name,
    CreateTime: isoSeconds(epochMs(createdAt)),
    UpdateTime: isoSeconds(epochMs(changedAt)),
    ...(deletedUntil === null ? {} : { PlannedDeleteTime: isoSeconds(epochMs(deletedUntil)) }),
    ...(withTags ? { Tags: { Tag: tags.map((tag) => ({ ...tag })) } } : {}),
  };
}
