/** One tag of a function: kept as `{key, value}`, told as `{Key, Value}`, which is what the SDK's model reads. */
import * as z from 'zod';
import type { Json, JsonObject } from '../../../shared/json';

/** Of one function. */
export const MOST_TAGS = 20;

const tagSchema = z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(128).default('') });

export type Tag = z.infer<typeof tagSchema>;

export const tagListSchema = z.preprocess((value) => lowerKeys(value as Json), z.array(tagSchema).max(MOST_TAGS));

export const tagView = ({ key, value }: Tag): JsonObject => ({ Key: key, Value: value });

/** The deployment tool writes `key` and `resourceId`, the SDK's own models `Key` and `ResourceId`: both are understood. */
export function lowerKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(lowerKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.slice(0, 1).toLowerCase() + key.slice(1), lowerKeys(inner)]),
  );
}
