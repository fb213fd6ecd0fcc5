/** What each operation needs of RAM: its own name, on the function or on all of them; and a role that is handed on. */
import type { JsonObject } from '../../../shared/json';
import type { Permission } from '../authorization/permission';
import type { Context, ServiceAuthorization } from '../world';
import type { EmptyList, FcInput, FcOutput } from './operations';

export const fcAuthorization: ServiceAuthorization = {
  permissions({ settings: { region, accountId } }: Context, given): Permission[] {
    // Made by `fcRequest`: the world hands it through as it is.
    const input = given as FcInput;
    const action = `fc:${actionOf(input)}`;
    const named = resourcesOf(input).map((path) => ({ action, resource: `acs:fc:${region}:${accountId}:${path}` }));
    if (input.operation === 'GetTempBucketToken') return [{ action, resource: '*' }];
    return 'body' in input ? [...named, ...passedRoles(input.body)] : named;
  },
  denied: (_context, _input, { action, resource }): FcOutput => ({
    ok: false,
    status: 403,
    code: 'AccessDenied',
    message: `the caller is not authorized to perform '${action}' on resource '${resource}'`,
  }),
};

const EVERY = 'functions/*';

function resourcesOf(input: FcInput): string[] {
  if (input.operation === 'UntagResources' || input.operation === 'ListTagResources')
    return input.resourceIds.length === 0 ? [EVERY] : input.resourceIds.map(pathOf);
  if (input.operation === 'TagResources') return taggedIn(input.body).map(pathOf);
  const name = 'name' in input && input.name !== '' ? input.name : nameIn(input);
  if (name === '') return [EVERY];
  return ['trigger' in input ? `functions/${name}/triggers/${input.trigger}` : `functions/${name}`];
}

/**
 * Whose credentials a function or a trigger will have: who may not hand the role on may not deploy with it. RAM's ARNs
 * of roles are in lower case, however the role was named and is sent.
 */
const passedRoles = ({ role, invocationRole }: JsonObject): Permission[] =>
  [role, invocationRole]
    .filter((arn): arn is string => typeof arn === 'string' && arn !== '')
    .map((arn) => ({ action: 'ram:PassRole', resource: arn.toLowerCase() }));

const pathOf = (arn: string): string => arn.split(':').slice(4).join(':');

const nameIn = (input: FcInput): string =>
  input.operation === 'CreateFunction' && typeof input.body.functionName === 'string' ? input.body.functionName : '';

const taggedIn = ({ ResourceId, resourceId = ResourceId }: JsonObject): string[] =>
  Array.isArray(resourceId) ? resourceId.filter((arn): arn is string => typeof arn === 'string') : [];

const LISTS: Readonly<Record<EmptyList, string>> = {
  aliases: 'ListAliases',
  versions: 'ListFunctionVersions',
  vpcIds: 'ListVpcBindings',
  scalingConfigs: 'ListScalingConfigs',
  provisionConfigs: 'ListProvisionConfigs',
};

function actionOf(input: FcInput): string {
  if (input.operation === 'ListNone') return LISTS[input.list];
  if (input.operation === 'GetEmpty') return `Get${input.what}`;
  return input.operation;
}
