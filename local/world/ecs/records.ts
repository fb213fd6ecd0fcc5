/** What ECS keeps for us: security groups with their rules, and the interfaces that carry them. */
import type { Tag } from '../vpc/records';

export const SECURITY_GROUPS = 'ecs.security-groups';
/** Key `group/rule`. */
export const SECURITY_RULES = 'ecs.security-rules';
export const NETWORK_INTERFACES = 'ecs.network-interfaces';

export interface SecurityGroupRecord {
  id: string;
  region: string;
  vpcId: string;
  name: string;
  description: string;
  type: 'normal' | 'enterprise';
  /** Whether its members reach each other; absent, as its type has it from the start. */
  innerAccess?: 'Accept' | 'Drop';
  resourceGroupId?: string;
  createdAt: number;
  tags: Tag[];
}

export interface SecurityRuleRecord {
  id: string;
  groupId: string;
  direction: 'ingress' | 'egress';
  /** `TCP`, `UDP`, `ICMP`, `GRE` or `ALL`. */
  protocol: string;
  portRange: string;
  /** Source of ingress, destination of egress; empty where the rule names a group. */
  cidr: string;
  /** The far group; empty where the rule names a block. */
  peerGroupId: string;
  policy: 'Accept' | 'Drop';
  priority: number;
  description: string;
  createdAt: number;
}

export interface NetworkInterfaceRecord {
  id: string;
  region: string;
  vpcId: string;
  vSwitchId: string;
  zone: string;
  /** Of the instance that it belongs to. */
  instanceId: string;
  address: string;
  securityGroupIds: string[];
  createdAt: number;
}
