/**
 * Changing a rule, whatever its direction. By its id all of it can be changed but the kind of its far side; by what it
 * is, as older clients name it, only its description.
 */
import type { JsonObject } from '../../../shared/json';
import { ApiError, type RpcContext } from '../rpc/action';
import { groupOf, rulesOf } from './lookups';
import type { RuleInput } from './parameters';
import { SECURITY_RULES, type SecurityGroupRecord, type SecurityRuleRecord } from './records';
import { ruleContent, sameRule } from './rule-input';

type Direction = SecurityRuleRecord['direction'];

interface Change extends RuleInput {
  SecurityGroupId: string;
  SecurityGroupRuleId?: string;
}

export function modifyRule(context: RpcContext, input: Change, direction: Direction): JsonObject {
  const group = groupOf(context, input.SecurityGroupId);
  const standing = rulesOf(context, group.id).filter((rule) => rule.direction === direction);
  const rule =
    input.SecurityGroupRuleId === undefined
      ? described(context, input, { group, standing, direction })
      : changed(context, input, { group, standing, direction });
  context.state.put(SECURITY_RULES, `${group.id}/${rule.id}`, rule);
  return {};
}

interface Place {
  group: SecurityGroupRecord;
  standing: readonly SecurityRuleRecord[];
  direction: Direction;
}

function described(context: RpcContext, input: Change, { group, standing, direction }: Place): SecurityRuleRecord {
  const content = ruleContent(context, input, { group, direction });
  const rule = standing.find((other) => sameRule(other, content));
  if (!rule) throw new ApiError(400, 'InvalidSecurityGroupRule.RuleNotExist', 'The specified rule does not exist.');
  return { ...rule, description: input.Description ?? rule.description };
}

function changed(context: RpcContext, input: Change, { group, standing, direction }: Place): SecurityRuleRecord {
  const rule = standing.find(({ id }) => id === input.SecurityGroupRuleId);
  if (!rule)
    throw new ApiError(400, 'InvalidParam.SecurityGroupRuleId', 'The specified SecurityGroupRuleId is not valid.');
  // Both of these are documented without a code: the two are ours.
  const [block, far] =
    direction === 'ingress' ? [input.SourceCidrIp, input.SourceGroupId] : [input.DestCidrIp, input.DestGroupId];
  if (rule.cidr === '' ? block !== undefined : block === undefined && far !== undefined)
    throw new ApiError(400, 'InvalidOperation.AuthorizationObject', 'The kind of the far side cannot be changed.');
  const content = ruleContent(context, { ...inputOf(rule), ...input }, { group, direction });
  if (standing.some((other) => other.id !== rule.id && sameRule(other, content)))
    throw new ApiError(400, 'InvalidSecurityGroupRule.RuleRepeat', 'Another rule of the group is the same.');
  return { ...rule, ...content };
}

/** As a request would have stated the rule. */
function inputOf(rule: SecurityRuleRecord): RuleInput {
  const far =
    rule.direction === 'ingress'
      ? { SourceCidrIp: rule.cidr, SourceGroupId: rule.peerGroupId }
      : { DestCidrIp: rule.cidr, DestGroupId: rule.peerGroupId };
  return {
    ...far,
    IpProtocol: rule.protocol,
    PortRange: rule.portRange,
    Policy: rule.policy,
    Priority: String(rule.priority),
    Description: rule.description,
  };
}
