/** RAM by its official SDK, and a role that it made refused by every service, as each service's SDK tells it. */
import Fc, * as functions from '@alicloud/fc20230330';
import MNS from '@alicloud/mns';
import OpenApi, { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import Ram, * as ram from '@alicloud/ram20150501';
import Sts, { AssumeRoleRequest } from '@alicloud/sts20150401';
import OSS from 'ali-oss';
import TableStore from 'tablestore';
import type { AskedPermission } from '../../local/world/authorization/permission';
import { fc } from '../../local/world/fc/service';
import { rpcActions, rpcEffects } from '../../local/world/rpc/registry';
import { rpcService } from '../../local/world/rpc/service';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, ACCOUNT_ID, type LocalWire, REGION, startLocalWire } from './local-wire';

interface Keys {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string;
}

const ROLE = 'worker';
const ROLE_ARN = `acs:ram::${ACCOUNT_ID}:role/worker`;
const TRUST = JSON.stringify({
  Version: '1',
  Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: [`acs:ram::${ACCOUNT_ID}:root`] } }],
});
const may = (Action: string[]) =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

let wire: LocalWire;
let client: Ram;
let keys: Keys;
let asked: AskedPermission[] = [];

const root: Keys = { accessKeyId: ACCESS_KEY_ID, accessKeySecret: ACCESS_KEY_SECRET };
const config = (given: Keys) =>
  new $OpenApiUtil.Config({ ...given, endpoint: wire.host, protocol: 'http', regionId: REGION });

beforeAll(async () => {
  const services = { rpc: rpcService(rpcActions, rpcEffects), fc };
  wire = await startLocalWire({ services, observe: (permission) => asked.push(permission) });
  client = new Ram(config(root));
  await client.createRole(new ram.CreateRoleRequest({ roleName: ROLE, assumeRolePolicyDocument: TRUST }));
  await client.createPolicy(
    new ram.CreatePolicyRequest({ policyName: ROLE, policyDocument: may(['kms:GetSecretValue']) }),
  );
  const attached = { policyName: ROLE, policyType: 'Custom', roleName: ROLE };
  await client.attachPolicyToRole(new ram.AttachPolicyToRoleRequest(attached));
  keys = await sessionKeys(900);
});
beforeEach(() => {
  asked = [];
});
afterAll(() => wire.close());

async function sessionKeys(durationSeconds: number): Promise<Keys> {
  const request = new AssumeRoleRequest({ roleArn: ROLE_ARN, roleSessionName: 'contract', durationSeconds });
  const { accessKeyId, accessKeySecret, securityToken } = (await new Sts(config(root)).assumeRole(request)).body!
    .credentials!;
  return { accessKeyId: accessKeyId!, accessKeySecret: accessKeySecret!, securityToken: securityToken! };
}

const rpc = (given: Keys, version: string, action: string, query: object = {}) =>
  new OpenApi(config(given)).callApi(
    new $OpenApiUtil.Params({
      action,
      version,
      protocol: 'HTTPS',
      pathname: '/',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'json',
    }),
    new $OpenApiUtil.OpenApiRequest({ query: OpenApiUtil.query({ ...query }) }),
    // The class for it lies in a package that is not ours to import; the client reads fields only.
    {} as never,
  );

type Failure = Record<string, unknown>;
const failureOf = (call: Promise<unknown>): Promise<Failure> =>
  call.then(
    () => ({ code: 'it succeeded' }),
    (error: Failure) => error,
  );

describe('the SDK reads what it made', () => {
  test('a role, with whom it trusts', async () => {
    const { role } = (await client.getRole(new ram.GetRoleRequest({ roleName: ROLE }))).body!;
    expect(role).toMatchObject({
      roleName: ROLE,
      arn: ROLE_ARN,
      assumeRolePolicyDocument: TRUST,
      maxSessionDuration: 3_600,
    });
  });

  test('what is attached to it', async () => {
    const { policies } = (await client.listPoliciesForRole(new ram.ListPoliciesForRoleRequest({ roleName: ROLE })))
      .body!;
    expect(policies!.policy).toMatchObject([{ policyName: ROLE, policyType: 'Custom', defaultVersion: 'v1' }]);
  });

  test('a page of roles, and the rest by its marker', async () => {
    const page = async (marker?: string) =>
      (await client.listRoles(new ram.ListRolesRequest({ maxItems: 1, ...(marker ? { marker } : {}) }))).body!;
    const first = await page();
    expect(first).toMatchObject({ isTruncated: true, roles: { role: [{ roleName: 'trunkline' }] } });
    expect(await page(first.marker)).toMatchObject({ isTruncated: false, roles: { role: [{ roleName: ROLE }] } });
  });

  test('an error keeps its code and status', async () => {
    const { code, statusCode } = await failureOf(client.getRole(new ram.GetRoleRequest({ roleName: 'nobody' })));
    expect([code, statusCode]).toEqual(['EntityNotExist.Role', 404]);
  });
});

describe('a role without the permission is refused', () => {
  test('by VPC', async () => {
    const { code, data } = await failureOf(rpc(keys, '2016-04-28', 'DescribeVpcs', { RegionId: REGION }));
    expect(code).toBe('Forbidden.RAM');
    expect(data).toMatchObject({
      AccessDeniedDetail: { AuthAction: 'vpc:DescribeVpcs', NoPermissionType: 'ImplicitDeny' },
    });
  });

  test('by ECS, KMS and STS', async () => {
    const answers = await Promise.all([
      failureOf(rpc(keys, '2014-05-26', 'DescribeSecurityGroups', { RegionId: REGION })),
      failureOf(rpc(keys, '2016-01-20', 'ListSecretVersionIds', { SecretName: 'none' })),
      failureOf(
        rpc(keys, '2015-04-01', 'AssumeRole', { RoleArn: ROLE_ARN, RoleSessionName: 'again', DurationSeconds: 900 }),
      ),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403]);
    expect(asked.map(({ action, allowed }) => `${action} ${allowed}`).sort()).toEqual([
      'ecs:DescribeSecurityGroups false',
      'kms:ListSecretVersionIds false',
      'sts:AssumeRole false',
    ]);
  });

  test('by CEN', async () => {
    const { code, statusCode } = await failureOf(rpc(keys, '2017-09-12', 'DescribeCens'));
    expect([code, statusCode]).toEqual(['NoPermission', 403]);
  });

  test('by RAM itself', async () => {
    const { code, statusCode } = await failureOf(new Ram(config(keys)).listRoles(new ram.ListRolesRequest({})));
    expect([code, statusCode]).toEqual(['NoPermission', 403]);
  });

  test('by OSS, on GET and on HEAD', async () => {
    const { securityToken = '' } = keys;
    const bucket = new OSS({
      region: `oss-${REGION}`,
      endpoint: wire.endpoint.replace('127.0.0.1', 'localhost'),
      sldEnable: true,
      accessKeyId: keys.accessKeyId,
      accessKeySecret: keys.accessKeySecret,
      stsToken: securityToken,
      refreshSTSToken: () => Promise.reject(new Error('not needed in a test')),
      refreshSTSTokenInterval: 300_000,
      bucket: 'any',
    } as OSS.Options);
    expect(await failureOf(bucket.get('topologies/a.yaml'))).toMatchObject({ code: 'AccessDenied', status: 403 });
    expect(await failureOf(bucket.head('topologies/a.yaml'))).toMatchObject({ code: 'AccessDenied', status: 403 });
    expect(asked.map(({ action, resource }) => `${action} ${resource}`)).toEqual(
      Array(2).fill(`oss:GetObject acs:oss:*:${ACCOUNT_ID}:any/topologies/a.yaml`),
    );
  });

  test('by SMQ', async () => {
    const queue = new MNS(ACCOUNT_ID, { ...keys, endpoint: wire.endpoint });
    expect((await failureOf(queue.sendMessage('steps', { MessageBody: 'YQ==' })))['name']).toBe('MNSAccessDeniedError');
  });

  test('by Tablestore, on the instance that the client names', async () => {
    const tables = new TableStore.Client({
      accessKeyId: keys.accessKeyId,
      secretAccessKey: keys.accessKeySecret,
      stsToken: keys.securityToken,
      endpoint: wire.endpoint,
      instancename: 'Trunkline',
      maxRetries: 0,
    } as never);
    const { code, message } = await failureOf(tables.listTable({}) as Promise<unknown>);
    expect(code).toBe(403);
    expect(message).toContain('OTSNoPermissionAccess');
    expect(asked.at(-1)).toMatchObject({ resource: `acs:ots:${REGION}:${ACCOUNT_ID}:instance/trunkline/table/*` });
  });

  test('by Function Compute, before it looks for the function', async () => {
    const compute = new Fc(config(keys) as never);
    const invocation = compute.invokeFunction('intake', new functions.InvokeFunctionRequest({}));
    const { code, statusCode } = await failureOf(invocation);
    expect([code, statusCode]).toEqual(['AccessDenied', 403]);
    expect(asked).toMatchObject([
      { action: 'fc:InvokeFunction', resource: `acs:fc:${REGION}:${ACCOUNT_ID}:functions/intake`, allowed: false },
    ]);
  });

  test('but not where it has one: the secret is only missing', async () => {
    const { code } = await failureOf(rpc(keys, '2016-01-20', 'GetSecretValue', { SecretName: 'none' }));
    expect(code).toBe('Forbidden.ResourceNotFound');
    expect(asked).toMatchObject([{ roleArn: ROLE_ARN, action: 'kms:GetSecretValue', allowed: true }]);
  });
});

test('keys past their time are told apart from keys that there never were', async () => {
  const short = await sessionKeys(900);
  wire.advance(900_000);
  expect(await failureOf(rpc(short, '2015-04-01', 'GetCallerIdentity'))).toMatchObject({
    code: 'InvalidSecurityToken.Expired',
  });
  const stranger = { ...short, accessKeyId: 'STS.nobody' };
  expect(await failureOf(rpc(stranger, '2015-04-01', 'GetCallerIdentity'))).toMatchObject({
    code: 'InvalidAccessKeyId.NotFound',
  });
});
