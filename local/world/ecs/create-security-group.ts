import { ApiError, action } from '../rpc/action';
import { VPCS, type VpcRecord } from '../vpc/records';
import { CLIENT_TOKEN, REGION, TAGS, TEXT } from './parameters';
import { SECURITY_GROUPS, type SecurityGroupRecord } from './records';

const DEFAULT_QUOTA = 100;

export const createSecurityGroup = action({
  product: 'ecs',
  name: 'CreateSecurityGroup',
  parameters: {
    ...REGION,
    VpcId: TEXT,
    SecurityGroupName: { type: 'string', maxLength: 128, pattern: /^(?!https?:\/\/).{2,}$/ },
    Description: { type: 'string', maxLength: 256, pattern: /^(?!https?:\/\/)/ },
    SecurityGroupType: { type: 'string', values: ['normal', 'enterprise'] },
    ResourceGroupId: TEXT,
    ServiceManaged: { type: 'boolean' },
    ClientToken: CLIENT_TOKEN,
    Tag: TAGS,
  },
  handle: ({ state, region, now, settings, newId }, input) => {
    const vpc = input.VpcId === undefined ? undefined : state.get<VpcRecord>(VPCS, input.VpcId);
    if (!vpc || vpc.region !== region)
      throw new ApiError(404, 'InvalidVpcId.NotFound', 'The specified VPC does not exist.');
    const groups = state.values<SecurityGroupRecord>(SECURITY_GROUPS).filter((group) => group.region === region);
    if (groups.length >= (settings.quotas.securityGroupsPerRegion ?? DEFAULT_QUOTA))
      throw new ApiError(403, 'QuotaExceed.SecurityGroup', 'The maximum number of security groups is reached.');
    const id = newId('sg-');
    const record: SecurityGroupRecord = {
      id,
      region,
      vpcId: vpc.id,
      name: input.SecurityGroupName ?? '',
      description: input.Description ?? '',
      type: input.SecurityGroupType ?? 'normal',
      createdAt: now,
      tags: (input.Tag ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value })),
    };
    state.put(SECURITY_GROUPS, id, record);
    return { SecurityGroupId: id };
  },
});
