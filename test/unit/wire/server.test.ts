import type { RawRequest } from '../../../local/wire/raw';
import { createWire } from '../../../local/wire/server';
import type { WireOptions } from '../../../local/wire/wire';

const NOW = Date.UTC(2026, 10, 22, 12);

const request = (parts: Partial<RawRequest>): RawRequest => ({
  method: 'GET',
  path: '/',
  query: null,
  headers: { host: '127.0.0.1:4560' },
  body: Buffer.alloc(0),
  remoteAddress: '127.0.0.1',
  ...parts,
});

const wire = (options: Partial<WireOptions> = {}) =>
  createWire({
    handle: () => {
      throw new Error('nothing unsigned reaches the world');
    },
    now: () => NOW,
    credential: () => null,
    wait: async () => {},
    ...options,
  });

const form = { 'content-type': 'application/x-www-form-urlencoded' };

test.each([
  ['an action in a header', { headers: { 'x-acs-action': 'DescribeVpcs' } }, 400, 'MissingSignature'],
  ['an action in the query', { query: 'Action=DescribeVpcs' }, 400, 'MissingSignature'],
  [
    'an action in the form, as pop-core posts it',
    { method: 'POST', headers: form, body: Buffer.from('Action=DescribeVpcs&AccessKeyId=nobody&Signature=x') },
    404,
    'InvalidAccessKeyId.NotFound',
  ],
  [
    'Tablestore by its headers',
    { method: 'POST', path: '/GetRow', headers: { 'x-ots-apiversion': '2015-12-31' } },
    400,
    'OTSParameterInvalid',
  ],
  [
    'SMQ by its version',
    { path: '/queues', headers: { 'x-mns-version': '2015-06-06' } },
    400,
    'MissingAuthorizationHeader',
  ],
  ['OSS by its authorization', { path: '/b/k', headers: { authorization: 'OSS id:x' } }, 403, 'InvalidAccessKeyId'],
  [
    'OSS, whatever date a key begins with',
    { path: '/2023-03-30/x.yaml', headers: { authorization: 'OSS id:x' } },
    403,
    'InvalidAccessKeyId',
  ],
  ['Function Compute by its path', { path: '/2023-03-30/functions', headers: {} }, 400, 'MissingRequiredHeader'],
  [
    'OSS by a presigned URL',
    { path: '/b/k', query: 'OSSAccessKeyId=id&Expires=1&Signature=x' },
    403,
    'InvalidAccessKeyId',
  ],
  [
    'OSS by a bucket in the host',
    { path: '/k', headers: { host: 'b-1.oss-us-east-1.aliyuncs.com' } },
    403,
    'AccessDenied',
  ],
])('%s is answered by its service', async (_, parts, status, code) => {
  const response = await wire().serve(request(parts as Partial<RawRequest>));
  expect(response.status).toBe(status);
  expect(String(response.body)).toContain(code);
});

test('what no protocol claims goes to the longest prefix, else nowhere', async () => {
  const route = (name: string) => async () => ({ status: 200, headers: {}, body: name });
  const { serve } = wire({ routes: { '/fcapp/': route('functions'), '/fcapp/webhook/': route('webhook') } });
  expect((await serve(request({ path: '/fcapp/webhook/v1' }))).body).toBe('webhook');
  expect((await serve(request({ path: '/fcapp/other' }))).body).toBe('functions');
  expect((await serve(request({ path: '/fcapp' }))).status).toBe(404);
});

test('a route that is added later is served from then on', async () => {
  const routes: NonNullable<WireOptions['routes']> = {};
  const { serve } = wire({ routes });
  expect((await serve(request({ path: '/fcapp/webhook' }))).status).toBe(404);
  Object.assign(routes, { '/fcapp/': async () => ({ status: 200, headers: {}, body: '' }) });
  expect((await serve(request({ path: '/fcapp/webhook' }))).status).toBe(200);
});

test('two answers of the wire have two request ids', async () => {
  const { serve } = wire();
  const idOf = async () => JSON.parse(String((await serve(request({ query: 'Action=A' }))).body)).RequestId;
  const first = await idOf();
  expect(first).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  expect(await idOf()).not.toBe(first);
});
