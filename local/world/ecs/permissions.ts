/** Resources of ECS's actions: the ARNs of the service's RAM tables. */
import type { ResourceTable } from '../rpc/permissions';

const GROUP = 'securitygroup/{SecurityGroupId}';

export const ecsResources: ResourceTable = {
  AuthorizeSecurityGroup: GROUP,
  AuthorizeSecurityGroupEgress: GROUP,
  CreateSecurityGroup: 'securitygroup/*',
  DeleteSecurityGroup: GROUP,
  DescribeNetworkInterfaces: 'eni/*',
  DescribeRegions: null,
  DescribeSecurityGroupAttribute: GROUP,
  DescribeSecurityGroups: GROUP,
  DescribeZones: '*',
  // By its kind; security groups are the only one here.
  JoinResourceGroup: 'securitygroup/{ResourceId}',
  ListTagResources: '*',
  ModifySecurityGroupAttribute: GROUP,
  ModifySecurityGroupEgressRule: GROUP,
  ModifySecurityGroupPolicy: GROUP,
  ModifySecurityGroupRule: GROUP,
  RevokeSecurityGroup: GROUP,
  RevokeSecurityGroupEgress: GROUP,
  TagResources: '*',
  UntagResources: '*',
};
