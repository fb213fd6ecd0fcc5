/** CEN over the wire, by the generic calls that its missing package leaves: both generations of the client, and pop-core. */
import OldOpenApi, {
  Config as OldConfig,
  Params as OldParams,
  OpenApiRequest as OldRequest,
} from '@alicloud/openapi-client';
import OpenApi, { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import RPCClient from '@alicloud/pop-core';
import { cbnActions, cbnEffects } from '../../local/world/cbn/actions';
import { rpcService } from '../../local/world/rpc/service';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, type LocalWire, REGION, startLocalWire } from './local-wire';

let wire: LocalWire;
beforeAll(async () => {
  wire = await startLocalWire({ services: { rpc: rpcService(cbnActions, cbnEffects) } });
});
afterAll(() => wire.close());

const params = (action: string) => ({
  action,
  version: '2017-09-12',
  protocol: 'HTTPS',
  pathname: '/',
  method: 'POST',
  authType: 'AK',
  style: 'RPC',
  reqBodyType: 'formData',
  bodyType: 'json',
});
const config = () => ({
  accessKeyId: ACCESS_KEY_ID,
  accessKeySecret: ACCESS_KEY_SECRET,
  endpoint: wire.host,
  protocol: 'http',
  regionId: REGION,
});

type Call = (action: string, query: Record<string, unknown>) => Promise<Record<string, unknown>>;

const clients: [name: string, call: Call][] = [
  [
    'openapi-core',
    async (action, query) =>
      (
        await new OpenApi(new $OpenApiUtil.Config(config())).callApi(
          new $OpenApiUtil.Params(params(action)),
          new $OpenApiUtil.OpenApiRequest({ query: OpenApiUtil.query(query) }),
          {} as never,
        )
      )['body'],
  ],
  [
    'openapi-client',
    async (action, query) =>
      (
        await new OldOpenApi(new OldConfig(config())).callApi(
          new OldParams(params(action)),
          new OldRequest({ query: OpenApiUtil.query(query) }),
          {} as never,
        )
      )['body'],
  ],
  [
    'pop-core',
    (action, query) =>
      new RPCClient({
        endpoint: wire.endpoint,
        apiVersion: '2017-09-12',
        accessKeyId: ACCESS_KEY_ID,
        accessKeySecret: ACCESS_KEY_SECRET,
      }).request(action, OpenApiUtil.query(query) as object, { method: 'POST' }),
  ],
];

test.each(clients)('%s makes a CEN, finds it, and is told what is not there', async (name, call) => {
  const { CenId } = await call('CreateCen', { Name: `${name}-cen`, ClientToken: name });
  expect(await call('CreateCen', { Name: `${name}-cen`, ClientToken: name })).toMatchObject({ CenId });
  const found = await call('DescribeCens', { Filter: [{ Key: 'CenId', Value: [CenId] }] });
  expect(found).toMatchObject({ TotalCount: 1, Cens: { Cen: [{ CenId, Name: `${name}-cen` }] } });
  await expect(call('DeleteCen', { CenId: 'cen-nowhere' })).rejects.toMatchObject({ code: 'ParameterCenInstanceId' });
  await call('DeleteCen', { CenId });
});

test('an action that is not there is InvalidAction.NotFound', async () => {
  const [, call] = clients[0]!;
  await expect(call('DescribeNothing', {})).rejects.toMatchObject({ code: 'InvalidAction.NotFound', statusCode: 404 });
});
