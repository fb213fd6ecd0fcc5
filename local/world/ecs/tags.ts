/** Tags as ECS takes them, and the security groups that carry them: what else can is not made here. */
import { ApiError, type RpcContext } from '../rpc/action';
import type { Tag } from '../vpc/records';
import { SECURITY_GROUPS, type SecurityGroupRecord } from './records';

const MAXIMUM = 20;
const LONGEST = 128;
const FORBIDDEN = /^(aliyun|acs:)|https?:\/\//;

export const TAGGED_KIND = 'securitygroup';

export function tagsOf(input: readonly { Key?: string; Value?: string }[] | undefined): Tag[] {
  const tags = (input ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));
  for (const { Key, Value } of tags) {
    if (Key === '' || Key.length > LONGEST || FORBIDDEN.test(Key))
      throw new ApiError(400, 'InvalidTagKey.Malformed', 'The specified Tag.n.Key is not valid.');
    if (Value.length > LONGEST || FORBIDDEN.test(Value))
      throw new ApiError(400, 'InvalidTagValue.Malformed', 'The specified Tag.n.Value is not valid.');
  }
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length)
    throw new ApiError(400, 'Duplicate.TagKey', 'The Tag.N.Key contain duplicate key.');
  return tags;
}

/** The later value of a key replaces the earlier one. */
export function mergeTags(present: readonly Tag[], added: readonly Tag[]): Tag[] {
  const merged = new Map([...present, ...added].map(({ Key, Value }) => [Key, Value]));
  if (merged.size > MAXIMUM)
    throw new ApiError(400, 'OperationDenied.QuotaExceed', 'The quota of tags on resource is beyond permitted range.');
  return [...merged].map(([Key, Value]) => ({ Key, Value }));
}

export function wantTaggedKind(type: string): void {
  if (type.toLowerCase() !== TAGGED_KIND)
    throw new ApiError(404, 'InvalidResourceType.NotFound', 'The ResourceType provided does not exist in our records.');
}

/** All of them, or none: one that is missing refuses the whole request. */
export const taggedGroups = ({ state, region }: RpcContext, ids: readonly string[]): SecurityGroupRecord[] =>
  ids.map((id) => {
    const group = state.get<SecurityGroupRecord>(SECURITY_GROUPS, id);
    if (group?.region !== region)
      throw new ApiError(404, 'InvalidResourceId.NotFound', 'The specified ResourceIds are not found in our records.');
    return group;
  });
