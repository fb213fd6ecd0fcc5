import { ApiError, type RpcContext } from '../rpc/action';
import { SECURITY_GROUPS, SECURITY_RULES, type SecurityGroupRecord, type SecurityRuleRecord } from './records';

/** A group of the request's region. */
export function groupOf({ state, region }: RpcContext, id: string): SecurityGroupRecord {
  const group = state.get<SecurityGroupRecord>(SECURITY_GROUPS, id);
  if (!group || group.region !== region)
    throw new ApiError(404, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.');
  return group;
}

/** In the order of their making, which their keys do not tell. */
export const rulesOf = ({ state }: RpcContext, groupId: string): SecurityRuleRecord[] =>
  state.values<SecurityRuleRecord>(SECURITY_RULES).filter((rule) => rule.groupId === groupId);
