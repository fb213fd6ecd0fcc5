import { ApiError, action } from '../rpc/action';
import { VPCS, type VpcRecord } from '../vpc/records';
import { groupNamed } from '../vpc/resource-group';
import { CLIENT_TOKEN, GROUP_DESCRIPTION, GROUP_NAME, REGION, TAGS, TEXT } from './parameters';
import { SECURITY_GROUPS, type SecurityGroupRecord } from './records';
import { tagsOf } from './tags';

const DEFAULT_QUOTA = 100;

export const createSecurityGroup = action({
  product: 'ecs',
  name: 'CreateSecurityGroup',
  parameters: {
    ...REGION,
    VpcId: TEXT,
    SecurityGroupName: GROUP_NAME,
    Description: GROUP_DESCRIPTION,
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
    if (vpc.status === 'Pending' || vpc.status === 'Deleting')
      throw new ApiError(400, 'IncorrectVpcStatus', 'Current VPC status does not support this operation.');
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
      ...groupNamed(input.ResourceGroupId),
      createdAt: now,
      tags: tagsOf(input.Tag),
    };
    state.put(SECURITY_GROUPS, id, record);
    return { SecurityGroupId: id };
  },
});
