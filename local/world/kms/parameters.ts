/** Parameters that the secret actions share. */
export const SECRET_NAME = {
  type: 'string',
  required: true,
  pattern: /^(?!acs\/)[A-Za-z0-9_/+=.@-]+$/,
  maxLength: 192,
} as const;
export const SECRET_DATA = { type: 'string', required: true, maxLength: 30_720 } as const;
export const VERSION_ID = { type: 'string', maxLength: 64 } as const;
export const TEXT = { type: 'string' } as const;
