/** A world with every service, and a role in it that may do what a test says. */

import type { AskedPermission } from '../../../../local/world/authorization/permission';
import { fc } from '../../../../local/world/fc/service';
import { oss } from '../../../../local/world/oss/service';
import { type Product, VERSIONS } from '../../../../local/world/rpc/action';
import { rpcActions, rpcEffects } from '../../../../local/world/rpc/registry';
import { type RpcInput, type RpcOutput, rpcService } from '../../../../local/world/rpc/service';
import { smq } from '../../../../local/world/smq/service';
import { tablestore } from '../../../../local/world/tablestore/service';
import { type Caller, World } from '../../../../local/world/world';
import { epochMs } from '../../../../shared/clock';
import { flatParameters } from '../../../in-process/flat-parameters';

export const ACCOUNT_ID = '1234567890123456';
export const ROLE_ARN = `acs:ram::${ACCOUNT_ID}:role/worker`;
const ROOT: Caller = { accountId: ACCOUNT_ID, accessKeyId: 'LTAI', roleArn: null };
export const WORKER: Caller = { accountId: ACCOUNT_ID, accessKeyId: 'STS.worker', roleArn: ROLE_ARN };
const START = Date.UTC(2026, 10, 23);

export interface Grant {
  Effect?: 'Allow' | 'Deny';
  Action: string | string[];
  Resource?: string | string[];
  Condition?: object;
}

export interface RoleWorld {
  /** All that was asked of RAM since the beginning. */
  readonly asked: AskedPermission[];
  /** By the role unless the test says otherwise; the output is the service's. */
  serve(service: string, input: unknown, caller?: Caller): unknown;
  rpc(product: Product, action: string, parameters?: object, caller?: Caller): RpcOutput;
  /** Puts other statements in force. */
  grant(...grants: Grant[]): void;
}

const POLICY = { PolicyName: 'worker' };

export function roleWorld(...grants: Grant[]): RoleWorld {
  const asked: AskedPermission[] = [];
  const settings = { seed: 's', accountId: ACCOUNT_ID, region: 'us-east-1', quotas: {}, durationFactor: 0 };
  const services = { rpc: rpcService(rpcActions, rpcEffects), tablestore, smq, oss, fc };
  const world = new World(settings, services, [], (permission) => asked.push(permission));
  const serve: RoleWorld['serve'] = (service, input, caller = WORKER) =>
    world.handle(epochMs(START), { service, caller, input }).response.output;
  const rpc: RoleWorld['rpc'] = (product, action, parameters = {}, caller = WORKER) => {
    const input: RpcInput = { product, version: VERSIONS[product], action, parameters: flatParameters(parameters) };
    return serve('rpc', input, caller) as RpcOutput;
  };
  const asRoot = (action: string, parameters: object): void => {
    const { status, body } = rpc('ram', action, parameters, ROOT);
    if (status !== 200) throw new Error(`${action}: ${JSON.stringify(body)}`);
  };
  asRoot('CreateRole', {
    RoleName: 'worker',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${ACCOUNT_ID}:root`] } }],
    }),
  });
  asRoot('CreatePolicy', { ...POLICY, PolicyDocument: documentOf(grants) });
  asRoot('AttachPolicyToRole', { ...POLICY, PolicyType: 'Custom', RoleName: 'worker' });
  return {
    asked,
    serve,
    rpc,
    grant: (...next) =>
      asRoot('CreatePolicyVersion', { ...POLICY, PolicyDocument: documentOf(next), SetAsDefault: true }),
  };
}

/** A role that may do nothing has a policy all the same: a document needs a statement. */
const documentOf = (grants: readonly Grant[]): string => {
  const stated = grants.length > 0 ? grants : [{ Action: 'nothing:AtAll' }];
  return JSON.stringify({
    Version: '1',
    Statement: stated.map((grant) => ({ Effect: 'Allow', Resource: '*', ...grant })),
  });
};

export { ROOT };
