import type { Action } from '../rpc/action';
import { authorizeSecurityGroup } from './authorize-security-group';
import { authorizeSecurityGroupEgress } from './authorize-security-group-egress';
import { createSecurityGroup } from './create-security-group';
import { deleteSecurityGroup } from './delete-security-group';
import { describeNetworkInterfaces } from './describe-network-interfaces';
import { describeSecurityGroupAttribute } from './describe-security-group-attribute';
import { describeSecurityGroups } from './describe-security-groups';
import { revokeSecurityGroup } from './revoke-security-group';
import { revokeSecurityGroupEgress } from './revoke-security-group-egress';

export const ecsActions: readonly Action[] = [
  authorizeSecurityGroup,
  authorizeSecurityGroupEgress,
  createSecurityGroup,
  deleteSecurityGroup,
  describeNetworkInterfaces,
  describeSecurityGroupAttribute,
  describeSecurityGroups,
  revokeSecurityGroup,
  revokeSecurityGroupEgress,
];
