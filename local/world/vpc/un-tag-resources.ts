import { action } from '../rpc/action';
import { FLAG, REGION, REQUIRED, TEXT } from './parameters';
import { taggedKind, taggedRecords } from './tagged-resource';

/** The named keys, or every tag where `All` is set and none is named. The capital T is this service's own. */
export const unTagResources = action({
  product: 'vpc',
  name: 'UnTagResources',
  parameters: {
    ...REGION,
    ResourceType: REQUIRED,
    ResourceId: { type: 'list', required: true, items: TEXT, maximum: 50 },
    TagKey: { type: 'list', items: TEXT, maximum: 20 },
    All: FLAG,
  },
  handle(context, input) {
    const kind = taggedKind(input.ResourceType);
    const keys = input.TagKey ?? [];
    const everything = keys.length === 0 && input.All === true;
    for (const record of taggedRecords(context, kind, input.ResourceId)) {
      const tags = record.tags.filter(({ Key }) => !everything && !keys.includes(Key));
      context.state.put(kind.collection, record.id, { ...record, tags });
    }
    return {};
  },
});
