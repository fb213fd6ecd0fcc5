/** Parameters that many of CEN's actions share. */

export const NAME = { type: 'string', pattern: /^(?!https?:\/\/)/, maxLength: 128 } as const;
export const DESCRIPTION = { type: 'string', pattern: /^(?!https?:\/\/)/, maxLength: 256 } as const;
export const REQUIRED = { type: 'string', required: true } as const;
export const TEXT = { type: 'string' } as const;
export const FLAG = { type: 'boolean' } as const;
/** Account ids: numbers on this API, though they have no arithmetic. */
export const OWNER = { type: 'integer' } as const;
export const TEXTS = { type: 'list', items: TEXT } as const;

export const TAGS = {
  type: 'list',
  items: { type: 'object', fields: { Key: TEXT, Value: TEXT } },
  maximum: 20,
} as const;

export const FILTERS = {
  type: 'list',
  items: { type: 'object', fields: { Key: TEXT, Value: { type: 'list', items: TEXT, maximum: 500 } } },
  maximum: 5,
} as const;

/** A create, change or delete of the transit-router family. */
export const WRITE = { ClientToken: TEXT, DryRun: FLAG } as const;

/** Classic actions page by number, 10 at a time. */
export const PAGE = {
  PageNumber: { type: 'integer', minimum: 1 },
  PageSize: { type: 'integer', minimum: 1, maximum: 50 },
} as const;
/** Route lists allow larger pages. */
export const ROUTE_PAGE = { ...PAGE, PageSize: { type: 'integer', minimum: 1, maximum: 500 } } as const;

/** Transit-router actions page by token, 20 at a time. */
export const TOKEN_PAGE = { MaxResults: { type: 'integer', minimum: 1, maximum: 100 }, NextToken: TEXT } as const;

/** A network instance in a CEN. Only VPCs are modelled. */
export const CHILD_INSTANCE = {
  CenId: REQUIRED,
  ChildInstanceId: REQUIRED,
  ChildInstanceRegionId: REQUIRED,
  ChildInstanceType: REQUIRED,
} as const;
