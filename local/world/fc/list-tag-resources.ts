import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { invalidArgument } from './fc-error';
import { functionArn } from './function-view';
import type { Operations } from './operations';
import { page } from './page';
import { FUNCTIONS, type FunctionRecord } from './records';
import { taggedFunctions, tagsOf } from './tags';

/** Of the functions that are named, or that have all of the tags; a tag without value fits any. */
export function listTagResources(
  context: Context,
  { resourceType, resourceIds, tags, ...asked }: Operations['ListTagResources'],
): JsonObject {
  if (resourceIds.length === 0 && tags.length === 0) throw invalidArgument('ResourceId or Tag must be given');
  const named = taggedFunctions(context, resourceType, resourceIds);
  const functions = resourceIds.length > 0 ? named : context.state.values<FunctionRecord>(FUNCTIONS);
  const found = functions.flatMap((record) => {
    const own = tagsOf(record);
    const fits = tags.every(({ key, value }) =>
      own.some((tag) => tag.key === key && (value === '' || tag.value === value)),
    );
    return fits ? own.map((tag) => ({ record, tag })) : [];
  });
  const { items, nextToken } = page(found, asked);
  return {
    TagResources: items.map(({ record, tag }) => ({
      ResourceId: functionArn(context, record.name),
      ResourceType: 'FUNCTION',
      TagKey: tag.key,
      TagValue: tag.value,
    })),
    RequestId: context.requestId,
    ...(nextToken.nextToken === undefined ? {} : { NextToken: nextToken.nextToken }),
  };
}
