import { action } from '../rpc/action';
import { byToken } from '../rpc/paging';
import { REGION, REQUIRED, TAGS, TEXT } from './parameters';
import { refusal } from './refusals';
import { taggedKind, taggedOf } from './tagged-resource';
import { matchesTags } from './tags';

const DEFAULT_SIZE = 50;

/** Every tag of the resources that were named, or that carry all of the tags that were. */
export const listTagResources = action({
  product: 'vpc',
  name: 'ListTagResources',
  parameters: {
    ...REGION,
    ResourceType: REQUIRED,
    ResourceId: { type: 'list', items: TEXT, maximum: 50 },
    Tag: TAGS,
    MaxResults: { type: 'integer', minimum: 1, maximum: 50 },
    NextToken: TEXT,
  },
  handle(context, input) {
    if ((input.ResourceId ?? []).length === 0 && (input.Tag ?? []).length === 0)
      throw refusal('MissingParam.ResourceIdOrTag');
    const kind = taggedKind(input.ResourceType);
    const tags = taggedOf(context, kind)
      .filter(({ id }) => input.ResourceId?.includes(id) ?? true)
      .filter((record) => matchesTags(record.tags, input.Tag))
      .flatMap((record) =>
        record.tags.map(({ Key, Value }) => ({
          ResourceId: record.id,
          ResourceType: kind.name,
          TagKey: Key,
          TagValue: Value,
        })),
      );
    const { items, nextToken } = byToken(tags, {
      size: input.MaxResults ?? DEFAULT_SIZE,
      token: input.NextToken,
      refusal: () => refusal('InvalidNextToken'),
    });
    return { NextToken: nextToken, TagResources: { TagResource: items } };
  },
});
