import type { Context } from '../world';
import { invalidArgument } from './fc-error';
import type { Operations } from './operations';
import { putTags, taggedFunctions, tagsOf } from './tags';

/** A key that is not there is no error. */
export function untagResources(
  context: Context,
  { resourceType, resourceIds, tagKeys, all }: Operations['UntagResources'],
): null {
  if (resourceIds.length === 0) throw invalidArgument('ResourceId must be given');
  if (tagKeys.length === 0 && !all) throw invalidArgument('TagKey or All must be given');
  for (const record of taggedFunctions(context, resourceType, resourceIds)) {
    const kept = all ? [] : tagsOf(record).filter(({ key }) => !tagKeys.includes(key));
    putTags(context, record, kept);
  }
  return null;
}
