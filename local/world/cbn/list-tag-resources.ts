import { action } from '../rpc/action';
import { byToken } from './paging';
import { REQUIRED, TAGS, TEXT } from './parameters';
import { refusal } from './refusals';
import { type TaggedRecord, taggedKind } from './tagged-resource';
import { matchesTags } from './tags';

/** Every tag of the resources that were named, or that carry all of the tags that were; of one region where it is given. */
export const listTagResources = action({
  product: 'cbn',
  name: 'ListTagResources',
  parameters: {
    RegionId: TEXT,
    ResourceType: REQUIRED,
    ResourceId: { type: 'list', items: TEXT, maximum: 50 },
    Tag: TAGS,
    NextToken: TEXT,
    PageSize: { type: 'integer', minimum: 1, maximum: 50 },
  },
  handle({ state }, input) {
    if ((input.ResourceId ?? []).length === 0 && (input.Tag ?? []).length === 0)
      throw refusal('MissingParam.ResourceIdOrTag');
    const kind = taggedKind(input.ResourceType);
    const resources = state
      .values<TaggedRecord & { region?: string }>(kind.collection)
      .filter(({ region = input.RegionId }) => input.RegionId === undefined || region === input.RegionId)
      .filter(({ id }) => input.ResourceId?.includes(id) ?? true)
      .filter(({ tags }) => matchesTags(tags, input.Tag))
      .flatMap(({ id, tags }) =>
        tags.map(({ Key, Value }) => ({ ResourceId: id, ResourceType: kind.name, TagKey: Key, TagValue: Value })),
      );
    const token = input.NextToken === undefined ? {} : { NextToken: input.NextToken };
    const { items, paging } = byToken(resources, { MaxResults: input.PageSize ?? 50, ...token });
    return { NextToken: paging.NextToken, TagResources: { TagResource: items } };
  },
});
