import { ApiError, type RpcContext } from '../rpc/action';
import { SECURITY_GROUPS, SECURITY_RULES, type SecurityGroupRecord, type SecurityRuleRecord } from './records';

/** A group of the request's region. */
export function groupOf({ state, region }: RpcContext, id: string): SecurityGroupRecord {
  const group = state.get<SecurityGroupRecord>(SECURITY_GROUPS, id);
  if (!group || group.region !== region)
    throw new ApiError(404, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.');
  return group;
}

/** In the order of their making. */
export const rulesOf = ({ state }: RpcContext, groupId: string): SecurityRuleRecord[] =>
  state
    .keysBetween(SECURITY_RULES, `${groupId}/`, `${groupId}0`)
    .map((key) => state.get<SecurityRuleRecord>(SECURITY_RULES, key) as SecurityRuleRecord)
    .sort((a, b) => a.createdAt - b.createdAt);
