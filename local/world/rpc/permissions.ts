/**
 * What each RPC action needs of RAM, as a table beside each product's actions. RAM's prefix of a product is not always
 * the API's (`cen` for CBN), and neither is the region of its resources.
 */
import type { JsonObject } from '../../../shared/json';
import type { Denial, Permission } from '../authorization/permission';
import { cbnResources } from '../cbn/permissions';
import { ecsResources } from '../ecs/permissions';
import { eventBridgeResources } from '../eventbridge/permissions';
import { kmsResources } from '../kms/permissions';
import { ramResources } from '../ram/permissions';
import { resourceManagerResources } from '../resourcemanager/permissions';
import { stsResources } from '../sts/permissions';
import { vpcResources } from '../vpc/permissions';
import type { Context } from '../world';
import type { Product } from './action';
import type { RpcInput } from './service';

/**
 * By action: the resource as `vpngateway/{VpnGatewayId}`, with `*` where the request does not have the parameter; of
 * alternatives behind `|`, the first whose parameter it has, else the last; of a list, all. `*` alone is all resources;
 * `{RoleArn}` alone is the whole ARN; an action that everybody may is null.
 */
export type ResourceTable = Readonly<Record<string, string | readonly string[] | null>>;

interface ProductRules {
  prefix: string;
  /** Whether its resources are of a region. */
  regional: boolean;
  resources: ResourceTable;
  /** What it answers to who lacks the permission; the status is 403. */
  code: string;
  message: string;
}

const SUB_USER = "User not authorized to operate on the specified resource, or this API doesn't support RAM.";
const UNAUTHORIZED = 'You are not authorized to do this action. You should be authorized by RAM.';

const RULES: Record<Product, ProductRules> = {
  vpc: { prefix: 'vpc', regional: true, resources: vpcResources, code: 'Forbidden.RAM', message: SUB_USER },
  ecs: { prefix: 'ecs', regional: true, resources: ecsResources, code: 'Forbidden.RAM', message: SUB_USER },
  cbn: { prefix: 'cen', regional: false, resources: cbnResources, code: 'NoPermission', message: UNAUTHORIZED },
  eventbridge: {
    prefix: 'eventbridge',
    regional: true,
    resources: eventBridgeResources,
    code: 'AccessDenied',
    message: 'The OwnerId that your Access Key Id associated to is forbidden for this operation.',
  },
  kms: {
    prefix: 'kms',
    regional: true,
    resources: kmsResources,
    code: 'Forbidden.NoPermission',
    message: 'This operation is forbidden by permission system.',
  },
  ram: { prefix: 'ram', regional: false, resources: ramResources, code: 'NoPermission', message: UNAUTHORIZED },
  resourcemanager: {
    prefix: 'ram',
    regional: false,
    resources: resourceManagerResources,
    code: 'NoPermission',
    message: UNAUTHORIZED,
  },
  sts: { prefix: 'sts', regional: false, resources: stsResources, code: 'NoPermission', message: UNAUTHORIZED },
};

/** None for an action that there is not: the gateway says so before anybody is asked. */
export function rpcPermissions({ settings }: Context, { product, action, parameters }: RpcInput): Permission[] {
  const { prefix, regional, resources } = RULES[product];
  const stated = Object.hasOwn(resources, action) ? resources[action] : null;
  if (stated === null || stated === undefined) return [];
  const region = regional ? parameters['RegionId'] || settings.region : '*';
  return [stated].flat().map((template) => {
    const path = resourcePath(template, parameters);
    // What the service made itself belongs to nobody's account.
    const owner = path.startsWith('policy/') && parameters['PolicyType'] === 'System' ? 'system' : settings.accountId;
    const whole = path === '*' || path.startsWith('acs:');
    return { action: `${prefix}:${action}`, resource: whole ? path : `acs:${prefix}:${region}:${owner}:${path}` };
  });
}

function resourcePath(template: string, parameters: RpcInput['parameters']): string {
  const alternatives = template.split('|');
  const named =
    alternatives.find((each) => namesIn(each).every((name) => parameters[name])) ?? alternatives.at(-1) ?? '';
  return named.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] || '*');
}

const namesIn = (template: string): string[] => [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** `AccessDeniedDetail` without the encoded message, which only RAM's own console reads. */
export function deniedBody({ requestId, caller }: Context, { product }: RpcInput, denial: Denial): JsonObject {
  const { code, message } = RULES[product];
  return {
    RequestId: requestId,
    HostId: `${product}.aliyuncs.com`,
    Code: code,
    Message: message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&requestId=${requestId}`,
    AccessDeniedDetail: {
      AuthAction: denial.action,
      AuthPrincipalType: 'AssumedRoleUser',
      AuthPrincipalOwnerId: caller.accountId,
      AuthPrincipalDisplayName: denial.roleArn.slice(denial.roleArn.lastIndexOf('/') + 1),
      NoPermissionType: denial.verdict === 'explicit' ? 'ExplicitDeny' : 'ImplicitDeny',
      PolicyType: 'AccountLevelIdentityBasedPolicy',
    },
  };
}
