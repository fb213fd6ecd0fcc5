import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type OpenApiCall, openApiCloud } from '../../../shared/alicloud/openapi-cloud';
import { seconds, systemClock } from '../../../shared/clock';
import { type Cloud, cloudErrorOf } from '../../../shared/engine/cloud';
import { secretOf } from '../../../shared/secret';

interface Received {
  headers: IncomingMessage['headers'];
  query: Record<string, string>;
  form: Record<string, string>;
}

let server: Server;
let received: Received[];
let calls: OpenApiCall[];
let answer: (response: ServerResponse) => void;
let cloud: Cloud;

const json = (status: number, body: unknown) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

beforeEach(async () => {
  received = [];
  calls = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const query = Object.fromEntries(new URL(request.url ?? '/', 'http://x').searchParams);
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    received.push({ headers: request.headers, query, form });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  cloud = openApiCloud({
    credentials: async () => ({
      accessKeyId: 'key-id',
      accessKeySecret: secretOf('key-secret'),
      securityToken: secretOf('the-token'),
    }),
    endpoint: `http://127.0.0.1:${port}`,
    timeout: seconds(2),
    clock: systemClock(),
    onCall: (call) => calls.push(call),
  });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('parameters go flat into the query, with the region, and nulls are left out', async () => {
  answer = json(200, { RequestId: 'req-1', VpnGatewayId: 'vpn-1' });
  const body = await cloud.call({
    service: 'vpc',
    region: 'us-east-1',
    action: 'TagResources',
    parameters: { ResourceId: ['vpn-1'], Tag: [{ Key: 'a', Value: 'b' }], DryRun: null, Nothing: undefined },
  });
  expect(body).toEqual({ RequestId: 'req-1', VpnGatewayId: 'vpn-1' });
  expect(received[0]?.query).toEqual({
    RegionId: 'us-east-1',
    'ResourceId.1': 'vpn-1',
    'Tag.1.Key': 'a',
    'Tag.1.Value': 'b',
  });
  expect(received[0]?.form).toEqual({});
  expect(received[0]?.headers).toMatchObject({
    'x-acs-action': 'TagResources',
    'x-acs-version': '2016-04-28',
    'x-acs-security-token': 'the-token',
  });
});

test('a call without a region names none', async () => {
  answer = json(200, { RequestId: 'req-1' });
  await cloud.call({ service: 'cbn', region: null, action: 'DescribeCens', parameters: { PageSize: 50 } });
  expect(received[0]?.query).toEqual({ PageSize: '50' });
  expect(received[0]?.headers['x-acs-version']).toBe('2017-09-12');
});

test('tunnels go into the form where the API wants them there, and into the query where it does not', async () => {
  answer = json(200, { RequestId: 'req-1' });
  const tunnels = [{ Role: 'master', TunnelIkeConfig: { Psk: 'a-key' } }];
  await cloud.call({
    service: 'vpc',
    region: 'us-east-1',
    action: 'CreateVpnConnection',
    parameters: { Name: 'x', TunnelOptionsSpecification: tunnels },
  });
  await cloud.call({
    service: 'vpc',
    region: 'us-east-1',
    action: 'ModifyTunnelAttribute',
    parameters: { TunnelOptionsSpecification: { TunnelIkeConfig: { IkeVersion: 'ikev2' } } },
  });
  expect(received[0]?.query).toEqual({ RegionId: 'us-east-1', Name: 'x' });
  expect(received[0]?.form).toEqual({
    'TunnelOptionsSpecification.1.Role': 'master',
    'TunnelOptionsSpecification.1.TunnelIkeConfig.Psk': 'a-key',
  });
  expect(received[1]?.query).toEqual({
    RegionId: 'us-east-1',
    'TunnelOptionsSpecification.TunnelIkeConfig.IkeVersion': 'ikev2',
  });
});

test('the keys of connections never come back', async () => {
  answer = json(200, { RequestId: 'req-1', IkeConfig: { Psk: 'a-key', IkeVersion: 'ikev2' } });
  const body = await cloud.call({
    service: 'vpc',
    region: 'us-east-1',
    action: 'DescribeVpnConnection',
    parameters: { VpnConnectionId: 'vco-1' },
  });
  expect(body).toEqual({ RequestId: 'req-1', IkeConfig: { IkeVersion: 'ikev2' } });
});

const failureOf = async (action: string, parameters = {}): Promise<Error> => {
  try {
    await cloud.call({ service: 'vpc', region: 'us-east-1', action, parameters });
  } catch (error) {
    return error as Error;
  }
  throw new Error('the call succeeded');
};

test("the service's error becomes a classified one without the key that it quotes", async () => {
  answer = json(400, {
    RequestId: 'req-2',
    Code: 'VpnGateway.Configuring',
    Message: 'Psk a-secret-key, see https://x/y?z',
  });
  const error = await failureOf('CreateVpnConnection', {
    TunnelOptionsSpecification: [{ TunnelIkeConfig: { Psk: secretOf('a-secret-key') } }],
  });
  expect(cloudErrorOf(error)).toEqual({
    service: 'vpc',
    action: 'CreateVpnConnection',
    code: 'VpnGateway.Configuring',
    class: 'busy',
    status: 400,
    requestId: 'req-2',
  });
  expect(error.message).toContain('Psk ***');
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/a-secret-key|https:|key-secret/);
});

test('one try and no more, whatever the answer', async () => {
  answer = json(503, { RequestId: 'req-3', Code: 'ServiceUnavailable', Message: 'later' });
  const error = await failureOf('CreateVpnGateway');
  expect(cloudErrorOf(error)).toMatchObject({ class: 'transport', status: 503, requestId: 'req-3' });
  expect(received).toHaveLength(1);
});

test.each([
  ['a page of HTML', (response: ServerResponse) => response.writeHead(502).end('<html>bad gateway</html>')],
  ['a connection that is cut', (response: ServerResponse) => response.socket?.destroy()],
])('%s leaves open what happened', async (_what, reply) => {
  answer = reply;
  const error = await failureOf('CreateVpnGateway');
  expect(cloudErrorOf(error)).toMatchObject({ code: 'Transport', class: 'transport', requestId: null });
  expect(error.message).not.toContain('127.0.0.1');
});

test('every call is told, with its id or its code and without its parameters', async () => {
  answer = json(200, { RequestId: 'req-1' });
  await cloud.call({ service: 'cbn', region: null, action: 'DescribeCens', parameters: { PageSize: 50 } });
  answer = json(403, { RequestId: 'req-2', Code: 'NoPermission', Message: 'no' });
  await failureOf('CreateVpnGateway', { Name: 'hidden' });
  expect(calls).toEqual([
    {
      service: 'cbn',
      region: null,
      action: 'DescribeCens',
      requestId: 'req-1',
      code: null,
      elapsedMs: expect.any(Number),
    },
    {
      service: 'vpc',
      region: 'us-east-1',
      action: 'CreateVpnGateway',
      requestId: 'req-2',
      code: 'NoPermission',
      elapsedMs: expect.any(Number),
    },
  ]);
});
