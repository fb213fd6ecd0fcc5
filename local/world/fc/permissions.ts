/** What each operation needs of RAM: its own name, on the function or on all of them. */
import type { Permission } from '../authorization/permission';
import type { Context, ServiceAuthorization } from '../world';
import type { FcInput, FcOutput } from './operations';

export const fcAuthorization: ServiceAuthorization = {
  permissions({ settings: { region, accountId } }: Context, given): Permission[] {
    // Made by `fcRequest`: the world hands it through as it is.
    const input = given as FcInput;
    const on = (path: string): string => `acs:fc:${region}:${accountId}:${path}`;
    const name = 'name' in input && input.name !== '' ? input.name : nameIn(input);
    const trigger = 'trigger' in input ? `/triggers/${input.trigger}` : '';
    if (input.operation === 'GetTempBucketToken') return [{ action: 'fc:GetTempBucketToken', resource: '*' }];
    return [
      { action: `fc:${actionOf(input)}`, resource: on(name === '' ? 'functions/*' : `functions/${name}${trigger}`) },
    ];
  },
  denied: (_context, _input, { action, resource }): FcOutput => ({
    ok: false,
    status: 403,
    code: 'AccessDenied',
    message: `the caller is not authorized to perform '${action}' on resource '${resource}'`,
  }),
};

const nameIn = (input: FcInput): string =>
  input.operation === 'CreateFunction' && typeof input.body.functionName === 'string' ? input.body.functionName : '';

const LISTS = {
  aliases: 'ListAliases',
  versions: 'ListFunctionVersions',
  vpcIds: 'ListVpcBindings',
  scalingConfigs: 'ListScalingConfigs',
} as const;
const SINGLES = {
  AliasNotFound: 'GetAlias',
  ProvisionConfigNotFound: 'GetProvisionConfig',
  ScalingConfigNotFound: 'GetScalingConfig',
} as const;

function actionOf(input: FcInput): string {
  if (input.operation === 'ListNone') return LISTS[input.list];
  if (input.operation === 'GetNone') return SINGLES[input.what];
  return input.operation;
}
