/** Resources of ECS's actions: the ARNs of the service's RAM tables. */
import type { ResourceTable } from '../rpc/permissions';

const GROUP = 'securitygroup/{SecurityGroupId}';

export const ecsResources: ResourceTable = {
  AuthorizeSecurityGroup: GROUP,
  AuthorizeSecurityGroupEgress: GROUP,
  CreateSecurityGroup: 'securitygroup/*',
  DeleteSecurityGroup: GROUP,
  DescribeNetworkInterfaces: 'eni/*',
  DescribeSecurityGroupAttribute: GROUP,
  DescribeSecurityGroups: GROUP,
  RevokeSecurityGroup: GROUP,
  RevokeSecurityGroupEgress: GROUP,
};
