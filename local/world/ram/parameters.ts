/** Parameters that RAM's actions share. */
import type { PolicyType, Tag } from './records';

export const ROLE_NAME = { type: 'string', required: true, pattern: /^[A-Za-z0-9.@_-]+$/, maxLength: 64 } as const;
export const POLICY_NAME = { type: 'string', required: true, pattern: /^[A-Za-z0-9-]+$/, maxLength: 128 } as const;
export const POLICY_TYPE = { type: 'string', required: true, values: ['System', 'Custom'] } as const satisfies {
  type: 'string';
  required: true;
  values: readonly PolicyType[];
};
export const POLICY_DOCUMENT = { type: 'string', required: true, maxLength: 6_144 } as const;
export const VERSION_ID = { type: 'string', required: true, pattern: /^v\d+$/, maxLength: 16 } as const;
export const TRUST_POLICY = { type: 'string', maxLength: 4_096 } as const;
export const DESCRIPTION = { type: 'string', maxLength: 1_024 } as const;
export const MAX_SESSION = { type: 'integer', minimum: 3_600, maximum: 43_200 } as const;
export const TAGS = {
  type: 'list',
  maximum: 20,
  items: {
    type: 'object',
    fields: { Key: { type: 'string', required: true, maxLength: 128 }, Value: { type: 'string', maxLength: 256 } },
  },
} as const;
export const PAGE = { Marker: { type: 'string' }, MaxItems: { type: 'integer', minimum: 1, maximum: 1_000 } } as const;
export const RESOURCE_GROUP = { type: 'string' } as const;

export const tagsOf = (given: readonly { Key: string; Value?: string }[] = []): Tag[] =>
  given.map(({ Key, Value = '' }) => ({ TagKey: Key, TagValue: Value }));
