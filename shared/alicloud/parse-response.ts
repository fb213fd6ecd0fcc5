/** What comes off the wire is parsed, never cast; only the fields that somebody here uses are named. */
import * as z from 'zod';
import type { Cloud, CloudRequest } from '../engine/cloud';
import { TrunklineError } from '../errors';

function parseResponse<T>(request: CloudRequest, schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  // Paths and expectations only: the values may be secret (W7).
  const places = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  throw new TrunklineError(
    'ResponseMalformed',
    `${request.action} answered otherwise than documented: ${places.join(', ')}`,
  );
}

export async function callFor<T>(cloud: Cloud, request: CloudRequest, schema: z.ZodType<T>): Promise<T> {
  return parseResponse(request, schema, await cloud.call(request));
}

/** `{Tag: [{Key, Value}]}` or the bare list, as one object; absent is empty. */
const tagList = z.array(z.object({ Key: z.string(), Value: z.string().default('') }));
export const wireTags = z
  .union([z.object({ Tag: tagList }), tagList])
  .default([])
  .transform((tags) => Object.fromEntries(('Tag' in tags ? tags.Tag : tags).map(({ Key, Value }) => [Key, Value])));

/** A field that the service leaves out where it has nothing to say. */
export const text = z.string().default('');
/** Numbers come as text in places: `Priority: "1"`. */
export const integer = z.coerce.number().int();
