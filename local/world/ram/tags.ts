import type { Tag } from './records';

/** Each tag that is asked for; one without a value asks for its key alone. */
export const carriesTags = (carried: readonly Tag[], wanted: readonly Tag[]): boolean =>
  wanted.every(({ TagKey, TagValue }) =>
    carried.some((tag) => tag.TagKey === TagKey && (TagValue === '' || tag.TagValue === TagValue)),
  );
