/** Adding and revoking rules, whatever their direction. */
import type { JsonObject } from '../../../shared/json';
import { ApiError, type RpcContext } from '../rpc/action';
import { groupOf, rulesOf } from './lookups';
import type { RuleInput } from './parameters';
import { SECURITY_RULES, type SecurityRuleRecord } from './records';
import { ruleContent, rulesIn, sameRule } from './rule-input';

/** Per group; raised by the quota `rulesPerSecurityGroup`. */
const MOST_RULES = 200;

interface Change extends RuleInput {
  SecurityGroupId: string;
  Permissions?: RuleInput[];
}

/** A rule that is there already is left as it is: adding it again succeeds and changes nothing. */
export function authorize(context: RpcContext, input: Change, direction: SecurityRuleRecord['direction']): JsonObject {
  const group = groupOf(context, input.SecurityGroupId);
  const standing = rulesOf(context, group.id);
  for (const rule of rulesIn(input)) {
    const content = ruleContent(context, rule, { group, direction });
    if (standing.some((other) => sameRule(other, content))) continue;
    const id = context.newId('sgr-');
    const record: SecurityRuleRecord = { ...content, id, groupId: group.id, createdAt: context.now };
    standing.push(record);
    context.state.put(SECURITY_RULES, `${group.id}/${id}`, record);
  }
  if (standing.length > (context.settings.quotas.rulesPerSecurityGroup ?? MOST_RULES))
    throw new ApiError(
      403,
      'AuthorizationLimitExceed',
      'The limit of authorization records in the security group reaches.',
    );
  return {};
}

/** By ids, where an unknown one is refused; or by content, where no match is no error. Never both. */
export function revoke(
  context: RpcContext,
  input: Change & { SecurityGroupRuleId?: string[] },
  direction: SecurityRuleRecord['direction'],
): JsonObject {
  const group = groupOf(context, input.SecurityGroupId);
  const standing = rulesOf(context, group.id).filter((rule) => rule.direction === direction);
  const ids = input.SecurityGroupRuleId;
  if (ids && (input.Permissions || input.IpProtocol))
    throw new ApiError(400, 'InvalidParam.Conflict', 'SecurityGroupRuleId and Permissions cannot be used together.');
  const unknown = ids?.find((id) => !standing.some((rule) => rule.id === id));
  if (unknown !== undefined)
    throw new ApiError(400, 'InvalidParam.SecurityGroupRuleId', 'The specified SecurityGroupRuleId is not valid.');
  const contents = ids ? [] : rulesIn(input).map((rule) => ruleContent(context, rule, { group, direction }));
  for (const rule of standing)
    if (ids?.includes(rule.id) || contents.some((content) => sameRule(content, rule)))
      context.state.delete(SECURITY_RULES, `${group.id}/${rule.id}`);
  return {};
}
