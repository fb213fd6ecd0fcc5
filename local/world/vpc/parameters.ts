/** Parameters that many of the VPC service's actions share. */

export const REQUIRED = { type: 'string', required: true } as const;
export const TEXT = { type: 'string' } as const;
export const FLAG = { type: 'boolean' } as const;
export const REGION = { RegionId: REQUIRED } as const;

const NAMED = /^(?!https?:\/\/)/;
export const NAME = { type: 'string', pattern: NAMED, maxLength: 128 } as const;
export const DESCRIPTION = { type: 'string', pattern: NAMED, maxLength: 256 } as const;
/** Of gateways and what is below them. */
export const VPN_NAME = { type: 'string', pattern: NAMED, maxLength: 100 } as const;

export const TAGS = {
  type: 'list',
  items: { type: 'object', fields: { Key: TEXT, Value: TEXT } },
  maximum: 20,
} as const;

/** Ten at a time, fifty at most. */
export const PAGE = {
  PageNumber: { type: 'integer', minimum: 1 },
  PageSize: { type: 'integer', minimum: 1, maximum: 50 },
} as const;
