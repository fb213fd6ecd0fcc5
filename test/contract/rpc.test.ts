/** Every client that speaks RPC to the gateway, and both signatures: what arrives is what was asked. */
import Kms, { ListSecretsRequest } from '@alicloud/kms20160120';
import OldOpenApi, {
  Config as OldConfig,
  Params as OldParams,
  OpenApiRequest as OldRequest,
} from '@alicloud/openapi-client';
import OpenApi, { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import RPCClient from '@alicloud/pop-core';
import Sts, { AssumeRoleRequest } from '@alicloud/sts20150401';
import Vpc, * as vpc from '@alicloud/vpc20160428';
import type { Service } from '../../local/world/world';
import {
  ACCESS_KEY_ID,
  ACCESS_KEY_SECRET,
  type LocalWire,
  REGION,
  STS_KEY_ID,
  STS_KEY_SECRET,
  STS_TOKEN,
  startLocalWire,
} from './local-wire';

interface Received {
  product: string;
  version: string;
  action: string;
  parameters: Record<string, string>;
}

let received: Received[] = [];
/** Stands where the actions are: this suite is about what the wire makes of a call. */
const recorder: Service = {
  effects: {},
  authorization: { permissions: () => [], denied: () => null },
  serve(_, input) {
    const call = input as Received;
    received.push(call);
    const fails = call.parameters['Fail'] === 'yes';
    return {
      ok: !fails,
      output: fails
        ? { status: 404, body: { Code: 'InvalidVpcId.NotFound', Message: 'Specified VPC does not exist.' } }
        : { status: 200, body: { Served: call.action } },
    };
  },
};

let wire: LocalWire;
beforeAll(async () => {
  wire = await startLocalWire({ services: { rpc: recorder } });
});
beforeEach(() => {
  received = [];
});
afterAll(() => wire.close());

const config = (keys: object = {}) => ({
  accessKeyId: ACCESS_KEY_ID,
  accessKeySecret: ACCESS_KEY_SECRET,
  endpoint: wire.host,
  protocol: 'http',
  regionId: REGION,
  ...keys,
});
const temporary = { accessKeyId: STS_KEY_ID, accessKeySecret: STS_KEY_SECRET, securityToken: STS_TOKEN };

/** Text that every layer of escaping gets wrong somewhere. */
const AWKWARD = "a b+c*d~e!f'g(h)i/j=k&l%m中";

/** The classes for it lie in packages that are not ours to import; the clients read fields only. */
const RUNTIME = {};

const params = {
  action: 'DescribeCens',
  version: '2017-09-12',
  protocol: 'HTTPS',
  pathname: '/',
  method: 'POST',
  authType: 'AK',
  style: 'RPC',
  reqBodyType: 'formData',
  bodyType: 'json',
};
const generic = (keys: object, query: Record<string, unknown>) =>
  new OpenApi(new $OpenApiUtil.Config(config(keys))).callApi(
    new $OpenApiUtil.Params(params),
    new $OpenApiUtil.OpenApiRequest({ query: OpenApiUtil.query(query) }),
    RUNTIME as never,
  );

describe('what is asked arrives', () => {
  const query = { Name: AWKWARD, Empty: '', Tag: [{ Key: 'k', Value: 'v' }] };
  const flat = { Name: AWKWARD, Empty: '', 'Tag.1.Key': 'k', 'Tag.1.Value': 'v' };
  const cen = { product: 'cbn', version: '2017-09-12', action: 'DescribeCens' };

  test('the generic call of openapi-core', async () => {
    const { body } = await generic({}, query);
    expect(received).toEqual([{ ...cen, parameters: flat }]);
    expect(body).toMatchObject({ Served: 'DescribeCens', RequestId: expect.stringMatching(/^[0-9A-F]{8}-/) });
  });

  test('the generic call with temporary credentials', async () => {
    await generic(temporary, query);
    expect(received).toEqual([{ ...cen, parameters: flat }]);
  });

  test('a body in chunks is part of the parameters', async () => {
    const client = new Vpc(new $OpenApiUtil.Config(config()));
    await client.createVpnConnection(
      new vpc.CreateVpnConnectionRequest({
        regionId: REGION,
        vpnGatewayId: 'vpn-1',
        localSubnet: '0.0.0.0/0',
        remoteSubnet: '10.10.10.0/24',
        tunnelOptionsSpecification: [
          new vpc.CreateVpnConnectionRequestTunnelOptionsSpecification({
            customerGatewayId: 'cgw-1',
            role: 'master',
            tunnelIkeConfig: new vpc.CreateVpnConnectionRequestTunnelOptionsSpecificationTunnelIkeConfig({
              psk: AWKWARD,
            }),
          }),
        ],
      }),
    );
    expect(received).toMatchObject([
      {
        product: 'vpc',
        action: 'CreateVpnConnection',
        parameters: {
          VpnGatewayId: 'vpn-1',
          'TunnelOptionsSpecification.1.Role': 'master',
          'TunnelOptionsSpecification.1.TunnelIkeConfig.Psk': AWKWARD,
        },
      },
    ]);
  });

  test.each([
    ['the current signature', {}],
    ['the first signature', { signatureAlgorithm: 'v2' }],
  ])('openapi-client with %s', async (_, options) => {
    const client = new OldOpenApi(new OldConfig(config(options)));
    await client.callApi(new OldParams(params), new OldRequest({ query: flat }), RUNTIME as never);
    expect(received).toEqual([{ ...cen, parameters: flat }]);
  });

  test.each(['GET', 'POST'])('pop-core by %s', async (method) => {
    const client = new RPCClient({
      endpoint: wire.endpoint,
      apiVersion: '2017-09-12',
      accessKeyId: ACCESS_KEY_ID,
      accessKeySecret: ACCESS_KEY_SECRET,
    });
    await client.request('DescribeCens', { Name: AWKWARD, RegionId: REGION }, { method });
    expect(received).toEqual([{ ...cen, parameters: { Name: AWKWARD, RegionId: REGION } }]);
  });

  test('the typed KMS client', async () => {
    await new Kms(config(temporary) as never).listSecrets(new ListSecretsRequest({ pageSize: 10 }));
    expect(received).toMatchObject([{ product: 'kms', action: 'ListSecrets', parameters: { PageSize: '10' } }]);
  });

  test('the typed STS client', async () => {
    const client = new Sts(new $OpenApiUtil.Config(config()));
    await client.assumeRole(new AssumeRoleRequest({ roleArn: 'acs:ram::1:role/r', roleSessionName: 's' }));
    expect(received).toMatchObject([
      { product: 'sts', action: 'AssumeRole', parameters: { RoleArn: 'acs:ram::1:role/r', RoleSessionName: 's' } },
    ]);
  });
});

describe('what is refused', () => {
  const failureOf = (call: Promise<unknown>) =>
    call.then(
      () => ({ code: 'it succeeded', statusCode: 0 }),
      ({ code, statusCode }) => ({ code, statusCode }),
    );

  test('an error of an action keeps its code and status', async () => {
    expect(await failureOf(generic({}, { Fail: 'yes' }))).toEqual({ code: 'InvalidVpcId.NotFound', statusCode: 404 });
  });

  test.each([
    ['an unknown key', { accessKeyId: 'LTAInobody' }, 'InvalidAccessKeyId.NotFound', 404],
    ['a wrong secret', { accessKeySecret: 'wrong' }, 'SignatureDoesNotMatch', 400],
    ['a key without its token', { ...temporary, securityToken: undefined }, 'MissingSecurityToken', 400],
    ['a wrong token', { ...temporary, securityToken: 'x' }, 'InvalidSecurityToken.MismatchWithAccessKey', 400],
    ['a token with a permanent key', { securityToken: 'x' }, 'InvalidSecurityToken.MismatchWithAccessKey', 400],
  ])('%s in the current signature', async (_, keys, code, statusCode) => {
    expect(await failureOf(generic(keys, {}))).toEqual({ code, statusCode });
    expect(received).toEqual([]);
  });

  test.each([
    ['an unknown key', { accessKeyId: 'LTAInobody' }, 'InvalidAccessKeyId.NotFound'],
    ['a wrong secret', { accessKeySecret: 'wrong' }, 'SignatureDoesNotMatch'],
  ])('%s in the first signature', async (_, keys, code) => {
    const client = new Kms(config(keys) as never);
    expect((await failureOf(client.listSecrets(new ListSecretsRequest({})))).code).toBe(`${code}Error`);
    expect(received).toEqual([]);
  });
});
