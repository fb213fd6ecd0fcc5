import type { FunctionRuntime } from '../../../local/runtime/function-runtime';
import { httpTrigger } from '../../../local/runtime/http-trigger';
import type { WorldShell } from '../../../local/runtime/world-shell';
import type { RawRequest } from '../../../local/wire/raw';
import { ACCOUNT_ID, type Bundles, definition, newRuntime, newShell, REGION, writeBundles } from './runtime-harness';

const HANDLERS = {
  echo: 'return { statusCode: 200, body: event.toString() };',
  created: `return { statusCode: 201, headers: { Location: '/x', 'X-Fc-Code': 'no', Connection: 'close', 'Content-Length': '3' }, body: 'made' };`,
  binary: "return { statusCode: 200, isBase64Encoded: true, body: Buffer.from([0, 255]).toString('base64') };",
  plain: 'return { answer: 42 };',
  strange: "return { statusCode: 'many' };",
  bytes: 'return Buffer.from([0, 255, 1]);',
  throws: "throw new Error('secret detail');",
  busy: 'await new Promise(() => {});',
};

let bundles: Bundles;
let shell: WorldShell;
let runtime: FunctionRuntime;

beforeAll(() => {
  bundles = writeBundles(HANDLERS);
  shell = newShell();
  runtime = newRuntime(
    shell,
    bundles,
    Object.keys(HANDLERS).map((name) => definition(name)),
  );
});
afterAll(() => {
  runtime.stop();
  shell.stop();
  bundles.remove();
});

const call = (name: string, request: Partial<RawRequest> = {}) =>
  httpTrigger({ shell, runtime, function: name, methods: ['GET', 'POST'], accountId: ACCOUNT_ID, region: REGION })({
    method: 'GET',
    path: `/fcapp/${name}/`,
    query: null,
    headers: {},
    body: Buffer.alloc(0),
    remoteAddress: '127.0.0.1',
    ...request,
  });

const eventOf = async (request: Partial<RawRequest>) => JSON.parse(String((await call('echo', request)).body));

describe('the event', () => {
  test("is Function Compute's version 1", async () => {
    const event = await eventOf({
      method: 'POST',
      path: '/fcapp/echo/v1/topo%20logies',
      query: 'a=1&a=2&b=x%2By&empty=',
      headers: { 'content-type': 'application/json', 'x-trunkline-system': 'snow', 'user-agent': 'curl/8' },
      body: Buffer.from('{"ü":1}'),
    });
    expect(event).toEqual({
      version: 'v1',
      rawPath: '/v1/topo%20logies',
      headers: { 'Content-Type': 'application/json', 'X-Trunkline-System': 'snow', 'User-Agent': 'curl/8' },
      queryParameters: { a: '1,2', b: 'x+y', empty: '' },
      body: '{"ü":1}',
      isBase64Encoded: false,
      requestContext: {
        accountId: '1234567890123456',
        domainName: 'echo.us-east-1.fcapp.run',
        domainPrefix: 'echo',
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        timeEpoch: expect.stringMatching(/^\d{13}$/),
        http: {
          method: 'POST',
          path: '/v1/topo logies',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'curl/8',
        },
      },
    });
  });

  test.each([
    ['application/octet-stream', true],
    ['image/png', true],
    ['text/yaml', false],
    ['application/json; charset=utf-8', false],
  ])('a body of type %s is base64: %s', async (type, encoded) => {
    const event = await eventOf({ method: 'POST', headers: { 'content-type': type }, body: Buffer.from('body') });
    expect([event.isBase64Encoded, event.body]).toEqual([encoded, encoded ? 'Ym9keQ==' : 'body']);
  });

  test('its request id is the answer’s', async () => {
    const { headers, body } = await call('echo');
    expect(headers['x-fc-request-id']).toBe(JSON.parse(String(body)).requestContext.requestId);
  });
});

describe('the answer', () => {
  test('status, headers and body are the function’s, except what the service sets itself', async () => {
    const { status, headers, body } = await call('created');
    expect([status, body]).toEqual([201, 'made']);
    expect(headers).toEqual({ Location: '/x', 'x-fc-request-id': expect.any(String) });
  });

  test('a base64 body is decoded', async () => {
    expect((await call('binary')).body).toEqual(Buffer.from([0, 255]));
  });

  test.each([
    ['plain', Buffer.from('{"answer":42}'), 'an object without a status code'],
    ['strange', Buffer.from('{"statusCode":"many"}'), 'a status code that is none'],
    ['bytes', Buffer.from([0, 255, 1]), 'bytes that are no JSON'],
  ])('%s: the result is the body', async (name, expected) => {
    const { status, headers, body } = await call(name);
    expect([status, headers['content-type'], body]).toEqual([200, 'application/json', expected]);
  });
});

describe('refusals', () => {
  test('a function that fails is 502, and its message stays in its log', async () => {
    const { status, body } = await call('throws');
    expect(status).toBe(502);
    expect(String(body)).not.toContain('secret detail');
  });

  test.each([
    ['a method that the trigger does not take', { method: 'DELETE' }, 405],
    ['a path that is not percent-encoded', { path: '/fcapp/echo/%E0%A4' }, 400],
  ])('%s starts nothing', async (_, request, status) => {
    expect((await call('echo', request)).status).toBe(status);
  });

  test('with a hundred waiting the next is told so', async () => {
    const waiting = Array.from({ length: 102 }, () => call('busy'));
    expect((await call('busy')).status).toBe(429);
    runtime.stop();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(102).fill(502));
  });
});
