/**
 * The rules that `access` puts into one group. The group is its owner's; of its rules only those that carry our mark are
 * ours, and only those are ever removed. A rule of somebody else that says the same serves as it is: the service would
 * not add a second one anyway.
 */
import type { AuthorizeSecurityGroupRequest } from '@alicloud/ecs20140526/dist/models/AuthorizeSecurityGroupRequest';
import type { RevokeSecurityGroupRequest } from '@alicloud/ecs20140526/dist/models/RevokeSecurityGroupRequest';
import * as z from 'zod';
import { goneAsNull } from '../alicloud/gone-as-null';
import { listPermissions } from '../alicloud/reads/security-groups';
import type { WireRequest } from '../alicloud/wire-request';
import { minutes, seconds } from '../clock';
import type { Cloud } from '../engine/cloud';
import type { Identity, ResourceKind } from '../engine/resource-kind';
import { type JsonObject, sha256Hex } from '../json';
import type { SecurityGroupRules } from '../plan/desired';
import { absent, present } from './observation';
import { refusal } from './refusal';
import { permissionOf, readRuleText, ruleText } from './security-rule-text';
import { tolerate } from './tolerate';

/** Of the service, a call. */
const MOST_RULES = 100;

const stored = z.object({ mark: z.string(), permissions: z.array(z.looseObject({})) });
const rulesAttributes = z.object({
  mark: z.string(),
  ours: z.array(z.object({ id: z.string(), rule: z.string() })),
  /** Of those wanted, what others' rules say already. */
  borrowed: z.array(z.string()),
});
type Attributes = z.infer<typeof rulesAttributes>;

export const securityGroupRules: ResourceKind<SecurityGroupRules> = {
  kind: 'security-group-rules',
  clientToken: true,
  borrows: true,
  // The service answers when it is done.
  pollAfter: seconds(1),
  deadline: minutes(30),

  prepare: async ({ desired, identity, cloud }) => {
    const mark = markOf(identity);
    const seen = await read(desired, mark, cloud);
    if (seen) return { mark, permissions: missingOf(desired, seen).slice(0, MOST_RULES).map(permissionFor(mark)) };
    const message = `there is no security group ${desired.securityGroupId} in ${desired.region}`;
    throw refusal('ecs', 'DescribeSecurityGroupAttribute', 'SecurityGroupMissing', message);
  },

  find: async ({ desired, parameters, cloud }) => {
    const { mark } = stored.parse(parameters);
    const seen = await read(desired, mark, cloud);
    return seen && seen.ours.length > 0 ? observation(desired, seen) : absent;
  },

  observe: async ({ desired, parameters, cloud }) => {
    const seen = await read(desired, stored.parse(parameters).mark, cloud);
    return seen ? observation(desired, seen) : absent;
  },

  create: async ({ desired, parameters, token, cloud }) => {
    const { mark, permissions } = stored.parse(parameters);
    // Others' rules may say all of it already.
    if (permissions.length > 0) await authorize(cloud, desired, permissions as JsonObject[], token);
    return { cloudId: tupleOf(desired, mark) };
  },

  recognises: ({ identity, attributes }) => rulesAttributes.parse(attributes).mark === markOf(identity),

  differences: ({ desired, ownership, attributes }) => {
    const seen = rulesAttributes.parse(attributes);
    const missing = missingOf(desired, seen).slice(0, MOST_RULES).map(ruleText);
    // The digest makes each batch's token its own.
    if (missing.length > 0)
      return { kind: 'update', reason: `adds ${missing.length} rules (${sha256Hex(missing.join()).slice(0, 8)})` };
    const stale = ownership === 'ours' ? staleOf(desired, seen) : [];
    if (stale.length > 0)
      return { kind: 'update', reason: `removes ${stale.length} rules (${sha256Hex(stale.join()).slice(0, 8)})` };
    return { kind: 'none' };
  },

  update: async ({ desired, attributes, token, cloud }) => {
    const seen = rulesAttributes.parse(attributes);
    const missing = missingOf(desired, seen).slice(0, MOST_RULES);
    if (missing.length > 0) return authorize(cloud, desired, missing.map(permissionFor(seen.mark)), token);
    return revoke(cloud, desired, staleOf(desired, seen), token);
  },

  isEmpty: (attributes) => rulesAttributes.parse(attributes).ours.length === 0,

  /** So many at a time; each batch has a token of its own. */
  remove: async ({ desired, parameters, token, cloud }) => {
    const seen = await read(desired, stored.parse(parameters).mark, cloud);
    if (!seen) return;
    const ids = idsOf(seen.ours);
    await revoke(cloud, desired, ids, sha256Hex(`${token} ${ids.join()}`));
  },
};

/** `trunkline:acme-global:us-east-1/sg-orders` */
const markOf = ({ network, resource }: Identity): string =>
  `trunkline:${network}:${resource.slice(resource.indexOf('/') + 1)}`;

const tupleOf = ({ securityGroupId }: SecurityGroupRules, mark: string): string => `${securityGroupId}/${mark}`;

const permissionFor = (mark: string) => (rule: SecurityGroupRules['rules'][number]) => permissionOf(rule, mark);

/** Null where there is no such group. */
async function read(desired: SecurityGroupRules, mark: string, cloud: Cloud): Promise<Attributes | null> {
  const permissions = await goneAsNull(listPermissions(cloud, desired.region, desired.securityGroupId, 'ingress'));
  if (!permissions) return null;
  const wanted = new Set(desired.rules.map(ruleText));
  const ours: Attributes['ours'] = [];
  const borrowed = new Set<string>();
  for (const permission of permissions) {
    const rule = readRuleText(permission);
    if (permission.Description === mark) ours.push({ id: permission.SecurityGroupRuleId, rule: rule ?? 'changed' });
    else if (rule !== null && wanted.has(rule)) borrowed.add(rule);
  }
  return { mark, ours, borrowed: [...borrowed] };
}

const observation = (desired: SecurityGroupRules, seen: Attributes) =>
  present({ cloudId: tupleOf(desired, seen.mark), settled: true, attributes: seen });

function missingOf({ rules }: SecurityGroupRules, { ours, borrowed }: Attributes): SecurityGroupRules['rules'] {
  const there = new Set([...ours.map(({ rule }) => rule), ...borrowed]);
  return rules.filter((rule) => !there.has(ruleText(rule)));
}

/** The ids of our rules that nobody wants any more. */
function staleOf({ rules }: SecurityGroupRules, { ours }: Attributes): string[] {
  const wanted = new Set(rules.map(ruleText));
  return idsOf(ours.filter(({ rule }) => !wanted.has(rule)));
}

const idsOf = (ours: Attributes['ours']): string[] => ours.slice(0, MOST_RULES).map(({ id }) => id);

async function authorize(
  cloud: Cloud,
  { region, securityGroupId }: SecurityGroupRules,
  permissions: JsonObject[],
  token: string,
): Promise<void> {
  const parameters: WireRequest<AuthorizeSecurityGroupRequest> = {
    SecurityGroupId: securityGroupId,
    Permissions: permissions,
    ClientToken: token,
  };
  await cloud.call({ service: 'ecs', region, action: 'AuthorizeSecurityGroup', parameters });
}

async function revoke(
  cloud: Cloud,
  { region, securityGroupId }: SecurityGroupRules,
  ruleIds: string[],
  token: string,
): Promise<void> {
  if (ruleIds.length === 0) return;
  const parameters: WireRequest<RevokeSecurityGroupRequest> = {
    SecurityGroupId: securityGroupId,
    SecurityGroupRuleId: ruleIds,
    ClientToken: token,
  };
  await tolerate('gone', cloud.call({ service: 'ecs', region, action: 'RevokeSecurityGroup', parameters }));
}
