import * as z from 'zod';

/** Of one function. */
export const MOST_TAGS = 20;

export const tagSchema = z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(128).default('') });

export type Tag = z.infer<typeof tagSchema>;
