import { action } from '../rpc/action';
import { REGION, REQUIRED, TEXT } from './parameters';
import { SECURITY_GROUPS } from './records';
import { taggedGroups, wantTaggedKind } from './tags';

/** The named keys, or every tag where `All` is set and none is named. */
export const untagResources = action({
  product: 'ecs',
  name: 'UntagResources',
  parameters: {
    ...REGION,
    ResourceType: REQUIRED,
    ResourceId: { type: 'list', required: true, items: TEXT, maximum: 50 },
    TagKey: { type: 'list', items: TEXT, maximum: 20 },
    All: { type: 'boolean' },
  },
  handle(context, input) {
    wantTaggedKind(input.ResourceType);
    const keys = input.TagKey ?? [];
    const everything = keys.length === 0 && input.All === true;
    for (const group of taggedGroups(context, input.ResourceId)) {
      const tags = group.tags.filter(({ Key }) => !everything && !keys.includes(Key));
      context.state.put(SECURITY_GROUPS, group.id, { ...group, tags });
    }
    return {};
  },
});
