import { epochMs, isoSeconds } from '../../../shared/clock';
import { ApiError, action } from '../rpc/action';
import { rulesOf } from './lookups';
import { tokenPage } from './paging';
import { TEXT } from './parameters';
import { NETWORK_INTERFACES, type NetworkInterfaceRecord, SECURITY_GROUPS, type SecurityGroupRecord } from './records';

export const describeSecurityGroups = action({
  product: 'ecs',
  name: 'DescribeSecurityGroups',
  parameters: {
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
    Tag: { type: 'list', items: { type: 'object', fields: { Key: TEXT, Value: TEXT } }, maximum: 20 },
    MaxResults: { type: 'integer', minimum: 1, maximum: 100 },
    NextToken: TEXT,
    PageNumber: { type: 'integer', minimum: 1 },
    PageSize: { type: 'integer', minimum: 1, maximum: 100 },
  },
  handle: (context, input) => {
    const { state, region } = context;
    const ids = input.SecurityGroupIds === undefined ? null : idList(input.SecurityGroupIds);
    const groups = state
      .values<SecurityGroupRecord>(SECURITY_GROUPS)
      .filter(
        (group) =>
          group.region === region &&
          (input.VpcId === undefined || group.vpcId === input.VpcId) &&
          (input.SecurityGroupId === undefined || group.id === input.SecurityGroupId) &&
          (ids === null || ids.includes(group.id)) &&
          (input.SecurityGroupName === undefined || group.name === input.SecurityGroupName) &&
          (input.SecurityGroupType === undefined || group.type === input.SecurityGroupType) &&
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
          ResourceGroupId: '',
          ServiceManaged: false,
          EcsCount: interfaces.filter(({ securityGroupIds }) => securityGroupIds.includes(group.id)).length,
          RuleCount: rulesOf(context, group.id).length,
          Tags: { Tag: group.tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value, Key, Value })) },
        })),
      },
    };
  },
});

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
