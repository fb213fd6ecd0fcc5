import type { Action } from '../rpc/action';
import { authorizeSecurityGroup } from './authorize-security-group';
import { authorizeSecurityGroupEgress } from './authorize-security-group-egress';
import { createSecurityGroup } from './create-security-group';
import { deleteSecurityGroup } from './delete-security-group';
import { describeNetworkInterfaces } from './describe-network-interfaces';
import { describeRegions } from './describe-regions';
import { describeSecurityGroupAttribute } from './describe-security-group-attribute';
import { describeSecurityGroups } from './describe-security-groups';
import { describeZones } from './describe-zones';
import { joinResourceGroup } from './join-resource-group';
import { listTagResources } from './list-tag-resources';
import { modifySecurityGroupAttribute } from './modify-security-group-attribute';
import { modifySecurityGroupEgressRule } from './modify-security-group-egress-rule';
import { modifySecurityGroupPolicy } from './modify-security-group-policy';
import { modifySecurityGroupRule } from './modify-security-group-rule';
import { revokeSecurityGroup } from './revoke-security-group';
import { revokeSecurityGroupEgress } from './revoke-security-group-egress';
import { tagResources } from './tag-resources';
import { untagResources } from './untag-resources';

export const ecsActions: readonly Action[] = [
  authorizeSecurityGroup,
  authorizeSecurityGroupEgress,
  createSecurityGroup,
  deleteSecurityGroup,
  describeNetworkInterfaces,
  describeRegions,
  describeSecurityGroupAttribute,
  describeSecurityGroups,
  describeZones,
  joinResourceGroup,
  listTagResources,
  modifySecurityGroupAttribute,
  modifySecurityGroupEgressRule,
  modifySecurityGroupPolicy,
  modifySecurityGroupRule,
  revokeSecurityGroup,
  revokeSecurityGroupEgress,
  tagResources,
  untagResources,
];
