import { action } from '../rpc/action';
import { REGION, REQUIRED, TAGS, TEXT } from './parameters';
import { taggedKind, taggedRecords } from './tagged-resource';
import { mergeTags, tagsOf } from './tags';

/** At once, whatever state the resource is in: a gateway takes tags while it is made. */
export const tagResources = action({
  product: 'vpc',
  name: 'TagResources',
  parameters: {
    ...REGION,
    ResourceType: REQUIRED,
    ResourceId: { type: 'list', required: true, items: TEXT, maximum: 50 },
    Tag: { ...TAGS, required: true },
  },
  handle(context, input) {
    const kind = taggedKind(input.ResourceType);
    const added = tagsOf(input.Tag);
    for (const record of taggedRecords(context, kind, input.ResourceId))
      context.state.put(kind.collection, record.id, { ...record, tags: mergeTags(record.tags, added) });
    return {};
  },
});
