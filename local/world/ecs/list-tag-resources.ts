import { ApiError, action } from '../rpc/action';
import { tokenPage } from './paging';
import { REGION, REQUIRED, TAGS, TEXT } from './parameters';
import { SECURITY_GROUPS, type SecurityGroupRecord } from './records';
import { TAGGED_KIND, wantTaggedKind } from './tags';

/** The service's own; no parameter changes it. */
const SIZE = 50;

/** Every tag of the groups that were named, or that carry all of the tags that were. */
export const listTagResources = action({
  product: 'ecs',
  name: 'ListTagResources',
  parameters: {
    ...REGION,
    ResourceType: REQUIRED,
    ResourceId: { type: 'list', items: TEXT, maximum: 50 },
    Tag: TAGS,
    /** Ranges of values: by invitation, and not modelled. */
    TagFilter: {
      type: 'list',
      items: { type: 'object', fields: { TagKey: TEXT, TagValues: { type: 'list', items: TEXT } } },
    },
    NextToken: TEXT,
  },
  handle({ state, region }, input) {
    wantTaggedKind(input.ResourceType);
    if (input.TagFilter)
      throw new ApiError(400, 'OperationUnsupported.TagFilter', 'TagFilter is not supported by this local cloud.');
    if (input.ResourceId === undefined && input.Tag === undefined)
      throw new ApiError(404, 'MissingParameter.Tags', 'The parameter - Tags should not be null');
    const carries = ({ tags }: SecurityGroupRecord): boolean =>
      (input.Tag ?? []).every(({ Key, Value }) =>
        tags.some((tag) => tag.Key === Key && (Value === undefined || tag.Value === Value)),
      );
    const tags = state
      .values<SecurityGroupRecord>(SECURITY_GROUPS)
      .filter((group) => group.region === region && (input.ResourceId?.includes(group.id) ?? true) && carries(group))
      .flatMap((group) =>
        group.tags.map(({ Key, Value }) => ({
          ResourceId: group.id,
          ResourceType: TAGGED_KIND,
          TagKey: Key,
          TagValue: Value,
        })),
      );
    const { items, nextToken } = tokenPage(tags, SIZE, input.NextToken);
    return { NextToken: nextToken, TagResources: { TagResource: items } };
  },
});
