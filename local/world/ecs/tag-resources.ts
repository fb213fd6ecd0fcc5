import { action } from '../rpc/action';
import { REGION, REQUIRED, TAGS, TEXT } from './parameters';
import { SECURITY_GROUPS } from './records';
import { mergeTags, taggedGroups, tagsOf, wantTaggedKind } from './tags';

export const tagResources = action({
  product: 'ecs',
  name: 'TagResources',
  parameters: {
    ...REGION,
    ResourceType: REQUIRED,
    ResourceId: { type: 'list', required: true, items: TEXT, maximum: 50 },
    Tag: { ...TAGS, required: true },
  },
  handle(context, input) {
    wantTaggedKind(input.ResourceType);
    const added = tagsOf(input.Tag);
    for (const group of taggedGroups(context, input.ResourceId))
      context.state.put(SECURITY_GROUPS, group.id, { ...group, tags: mergeTags(group.tags, added) });
    return {};
  },
});
