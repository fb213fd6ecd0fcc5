/** Tags as the VPC service takes them: up to 20 a resource, keys and values of up to 128 characters. */
import type { Tag } from './records';
import { refusal } from './refusals';

export interface TagInput {
  Key?: string;
  Value?: string;
}

const MAXIMUM = 20;
const LONGEST = 128;
const FORBIDDEN = /^(aliyun|acs:)|https?:\/\//;

export function tagsOf(input: readonly TagInput[] | undefined): Tag[] {
  const tags = (input ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));
  for (const { Key, Value } of tags) {
    if (Key === '' || Key.length > LONGEST || FORBIDDEN.test(Key)) throw refusal('IllegalParam.TagKey');
    if (Value.length > LONGEST || FORBIDDEN.test(Value)) throw refusal('IllegalParam.TagValue');
  }
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw refusal('IllegalParam.TagKey');
  return tags;
}

/** The later value of a key replaces the earlier one. */
export function mergeTags(present: readonly Tag[], added: readonly Tag[]): Tag[] {
  const merged = new Map([...present, ...added].map(({ Key, Value }) => [Key, Value]));
  if (merged.size > MAXIMUM) throw refusal('QuotaExceeded.TagsPerResource');
  return [...merged].map(([Key, Value]) => ({ Key, Value }));
}

/** A filter names keys, and values where they matter; all must be there. */
export const matchesTags = (tags: readonly Tag[], filter: readonly TagInput[] | undefined): boolean =>
  (filter ?? []).every(({ Key, Value }) =>
    tags.some((tag) => tag.Key === Key && (Value === undefined || Value === '' || tag.Value === Value)),
  );

/** For an answer's JSON. */
export const tagList = (tags: readonly Tag[]): { Key: string; Value: string }[] =>
  tags.map(({ Key, Value }) => ({ Key, Value }));
