import { epochMs, isoSeconds } from '../../../shared/clock';
import { ApiError, action } from '../rpc/action';
import { rulesOf } from './lookups';
import { tokenPage } from './paging';
import { REGION, TAGS, TEXT } from './parameters';
import { NETWORK_INTERFACES, type NetworkInterfaceRecord, SECURITY_GROUPS, type SecurityGroupRecord } from './records';

export const describeSecurityGroups = action({
  product: 'ecs',
  name: 'DescribeSecurityGroups',
  parameters: {
    ...REGION,
    VpcId: TEXT,
    SecurityGroupId: TEXT,
    SecurityGroupIds: TEXT,
    SecurityGroupName: TEXT,
    SecurityGroupType: { type: 'string', values: ['normal', 'enterprise'] },
    NetworkType: { type: 'string', values: ['vpc', 'classic'] },
    ResourceGroupId: TEXT,
    FuzzyQuery: { type: 'boolean' },
    DryRun: { type: 'boolean' },
    IsQueryEcsCount: { type: 'boolean' },
    ServiceManaged: { type: 'boolean' },
    Tag: TAGS,
    MaxResults: { type: 'integer', minimum: 1, maximum: 100 },
    NextToken: TEXT,
    PageNumber: { type: 'integer', minimum: 1 },
    PageSize: { type: 'integer', minimum: 1, maximum: 100 },
  },
  handle: (context, input) => {
    const { state, region } = context;
    if (input.DryRun)
      throw new ApiError(400, 'DryRunOperation', 'Request validation has been passed with DryRun flag set.');
    const ids = input.SecurityGroupIds === undefined ? null : idList(input.SecurityGroupIds);
    const wanted = (given: string | undefined, value: string): boolean => given === undefined || given === value;
    const groups = state.values<SecurityGroupRecord>(SECURITY_GROUPS).filter(
      (group) =>
        group.region === region &&
        wanted(input.VpcId, group.vpcId) &&
        wanted(input.SecurityGroupId, group.id) &&
        (ids === null || ids.includes(group.id)) &&
        hasName(group, input.SecurityGroupName, input.FuzzyQuery ?? false) &&
        wanted(input.SecurityGroupType, group.type) &&
        wanted(input.ResourceGroupId, group.resourceGroupId ?? '') &&
        // All are in a VPC, and nobody's service made them.
        wanted(input.NetworkType, 'vpc') &&
        input.ServiceManaged !== true &&
        (input.Tag ?? []).every(({ Key, Value }) =>
          group.tags.some((tag) => tag.Key === Key && (Value === undefined || tag.Value === Value)),
        ),
    );
    const size = input.MaxResults ?? input.PageSize ?? 10;
    const number = input.PageNumber ?? 1;
    const token =
      input.NextToken ??
      (input.MaxResults === undefined ? String(Math.min((number - 1) * size, groups.length)) : undefined);
    const { items, nextToken } = tokenPage(groups, size, token);
    const interfaces = state.values<NetworkInterfaceRecord>(NETWORK_INTERFACES);
    return {
      RegionId: region,
      PageNumber: number,
      PageSize: size,
      TotalCount: groups.length,
      NextToken: nextToken,
      SecurityGroups: {
        SecurityGroup: items.map((group) => ({
          SecurityGroupId: group.id,
          SecurityGroupName: group.name,
          Description: group.description,
          SecurityGroupType: group.type,
          VpcId: group.vpcId,
          CreationTime: isoSeconds(epochMs(group.createdAt)),
          ResourceGroupId: group.resourceGroupId ?? '',
          ServiceManaged: false,
          ...(input.IsQueryEcsCount ? { EcsCount: carriersOf(interfaces, group.id) } : {}),
          RuleCount: rulesOf(context, group.id).length,
          Tags: { Tag: group.tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value, Key, Value })) },
        })),
      },
    };
  },
});

/** A star stands for anything, where the query is a fuzzy one. */
function hasName({ name }: SecurityGroupRecord, wanted: string | undefined, fuzzy: boolean): boolean {
  if (wanted === undefined || name === wanted) return true;
  const parts = wanted.split('*');
  if (!fuzzy || parts.length === 1) return false;
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > name.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

const carriersOf = (interfaces: readonly NetworkInterfaceRecord[], groupId: string): number =>
  new Set(interfaces.filter((one) => one.securityGroupIds.includes(groupId)).map((one) => one.instanceId)).size;

/** A JSON list of at most a hundred ids. */
function idList(text: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.length <= 100) return parsed.map(String);
  } catch {
    // Falls through to the refusal.
  }
  throw new ApiError(400, 'InvalidParameter', 'The specified value of parameter "SecurityGroupIds" is not valid.');
}
