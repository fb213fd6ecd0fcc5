import { action } from '../rpc/action';
import { REQUIRED, TAGS, TEXT } from './parameters';
import { taggedKind, taggedRecords } from './tagged-resource';
import { mergeTags, tagsOf } from './tags';

export const tagResources = action({
  product: 'cbn',
  name: 'TagResources',
  parameters: {
    RegionId: TEXT,
    ResourceType: REQUIRED,
    ResourceId: { type: 'list', required: true, items: TEXT, maximum: 50 },
    Tag: { ...TAGS, required: true, items: { type: 'object', fields: { Key: REQUIRED, Value: TEXT } } },
  },
  handle({ state }, input) {
    const kind = taggedKind(input.ResourceType);
    const added = tagsOf(input.Tag);
    for (const record of taggedRecords(state, kind, input.ResourceId))
      state.put(kind.collection, record.id, { ...record, tags: mergeTags(record.tags, added) });
    return {};
  },
});
