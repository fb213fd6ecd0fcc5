import type { Identity } from '../engine/resource-kind';

/** As the APIs take them: `Tag.1.Key`, `Tag.1.Value`. */
export const wireTagsOf = ({ tags }: Pick<Identity, 'tags'>): { Key: string; Value: string }[] =>
  tags.map(({ key, value }) => ({ Key: key, Value: value }));
