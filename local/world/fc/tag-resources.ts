import * as z from 'zod';
import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { checked } from './function-input';
import type { Operations } from './operations';
import { lowerKeys, tagListSchema } from './tag';
import { putTags, taggedFunctions, tagsOf } from './tags';

const schema = z.strictObject({
  resourceId: z.array(z.string()).min(1),
  resourceType: z.string(),
  tag: tagListSchema.refine((tags) => tags.length > 0, 'there is none'),
});

/** A key that is there gets the new value. */
export function tagResources(context: Context, { body }: Operations['TagResources']): JsonObject {
  const { resourceId, resourceType, tag: added } = checked(schema, lowerKeys(body));
  for (const record of taggedFunctions(context, resourceType, resourceId)) {
    const others = tagsOf(record).filter(({ key }) => !added.some((tag) => tag.key === key));
    putTags(context, record, [...others, ...added]);
  }
  return {};
}
