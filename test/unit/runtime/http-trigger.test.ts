import { serveHttpTriggers } from '../../../local/runtime/http-trigger';
import type { WorldShell } from '../../../local/runtime/world-shell';
import type { InvocationAnswer } from '../../../local/wire/invoke';
import type { RawRequest } from '../../../local/wire/raw';
import { ASYNC_INVOCATIONS, type AsyncInvocationRecord, TRIGGERS } from '../../../local/world/fc/records';
import {
  answered,
  dropTrigger,
  failedWith,
  makeTrigger,
  newShell,
  PLACE,
  type ScriptedRuntime,
  scriptedRuntime,
} from './runtime-harness';

let shell: WorldShell;
let runtime: ScriptedRuntime;
let answer: InvocationAnswer;

beforeEach(() => {
  shell = newShell();
  answer = answered('{"statusCode":200}');
  runtime = scriptedRuntime(() => answer);
  makeTrigger(shell, 'echo', { type: 'http', methods: ['GET', 'POST'], authType: 'anonymous' });
});
afterEach(() => shell.stop());

const call = (request: Partial<RawRequest> = {}) =>
  serveHttpTriggers({ shell, runtime, ...PLACE })({
    method: 'GET',
    path: '/fcapp/echo/',
    query: null,
    headers: {},
    body: Buffer.alloc(0),
    remoteAddress: '127.0.0.1',
    ...request,
  });

async function eventOf(request: Partial<RawRequest>) {
  await call(request);
  return JSON.parse(runtime.invoked.at(-1)?.event ?? '');
}

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
        domainName: 'id-of-http.us-east-1.fcapp.run',
        domainPrefix: 'id-of-http',
        triggerId: 'id-of-http',
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

  test('its request id is the invocation’s and the answer’s', async () => {
    const { headers } = await call();
    const [invoked] = runtime.invoked;
    const inEvent = JSON.parse(invoked?.event ?? '').requestContext.requestId;
    expect([inEvent, invoked?.requestId]).toEqual([headers['x-fc-request-id'], headers['x-fc-request-id']]);
  });
});

describe('the answer', () => {
  test('status, headers and body are the function’s, except what the service sets itself', async () => {
    answer = answered(
      JSON.stringify({
        statusCode: 201,
        headers: { Location: '/x', 'X-Fc-Code': 'no', Connection: 'close', 'Content-Length': '3' },
        body: 'made',
      }),
    );
    const { status, headers, body } = await call();
    expect([status, body]).toEqual([201, 'made']);
    expect(headers).toEqual({ Location: '/x', 'x-fc-request-id': expect.any(String) });
  });

  test('a base64 body is decoded', async () => {
    answer = answered('{"statusCode":200,"isBase64Encoded":true,"body":"AP8="}');
    expect((await call()).body).toEqual(Buffer.from([0, 255]));
  });

  test.each([
    ['{"answer":42}', 'an object without a status code'],
    ['[{"statusCode":200}]', 'a list'],
    ['null', 'nothing'],
    ['no JSON', 'text'],
  ])('%s is the body: %s', async (result) => {
    answer = answered(result);
    const { status, headers, body } = await call();
    expect([status, headers['content-type'], String(body)]).toEqual([200, 'application/json', result]);
  });

  test('what is null is left out', async () => {
    answer = answered('{"statusCode":404,"headers":null,"isBase64Encoded":null,"body":null}');
    const { status, headers, body } = await call();
    expect([status, Object.keys(headers), String(body)]).toEqual([404, ['x-fc-request-id'], '']);
  });

  test.each([
    ['{"statusCode":"many"}', 'statusCode', 'a status code that is none'],
    ['{"statusCode":101}', 'statusCode', 'no client would hear the end of the request'],
    ['{"statusCode":600}', 'statusCode', 'there is no such status'],
    ['{"statusCode":503,"headers":{"Retry-After":5}}', 'headers.Retry-After', 'a value that is no text'],
    ['{"statusCode":200,"headers":{"X A":"b"}}', 'headers.X A', 'a name that Node refuses to send'],
    ['{"statusCode":200,"headers":{"X-A":"a\\r\\nX-B: c"}}', 'headers.X-A', 'two headers in one'],
    ['{"statusCode":200,"headers":{"X-A":"→"}}', 'headers.X-A', 'a character that no header carries'],
    ['{"statusCode":500,"body":{"error":1}}', 'body', 'a body that is no text'],
  ])('%s is an error of the function’s, and no success: %s', async (result, where) => {
    answer = answered(result);
    const { status, body } = await call();
    const { Code, Message } = JSON.parse(String(body));
    expect([status, Code]).toEqual([502, 'BadResponse']);
    expect(Message).toContain(`is not valid: ${where}: `);
  });
});

describe('refusals', () => {
  test('a function that fails is 502, and its message stays in its log', async () => {
    answer = failedWith('Error', 'secret detail');
    const { status, body } = await call();
    expect(status).toBe(502);
    expect(String(body)).not.toContain('secret detail');
  });

  test('without room for it the caller is told at once', async () => {
    answer = { outcome: 'throttled' };
    const { status, body } = await call();
    expect([status, JSON.parse(String(body)).Code]).toEqual([429, 'ResourceExhausted']);
  });

  test.each([
    ['a method that the trigger does not take', { method: 'DELETE' }, 405],
    ['a path that is not percent-encoded', { path: '/fcapp/echo/%E0%A4' }, 400],
    ['a function without a trigger', { path: '/fcapp/other/' }, 404],
    ['no function', { path: '/fcapp/' }, 404],
    ['a name alone', { path: '/fcapp/echo' }, 404],
    ['a name that every object knows', { path: '/fcapp/constructor/' }, 404],
  ])('%s starts nothing', async (_, request, status) => {
    expect([(await call(request)).status, runtime.invoked]).toEqual([status, []]);
  });
});

describe('records', () => {
  test('a trigger that is gone answers no more', async () => {
    const record = makeTrigger(shell, 'late', { type: 'http', methods: ['GET'], authType: 'anonymous' });
    expect((await call({ path: '/fcapp/late/' })).status).toBe(200);
    dropTrigger(shell, record);
    expect((await call({ path: '/fcapp/late/' })).status).toBe(404);
  });

  test('a function whose name another begins with has its own', async () => {
    makeTrigger(shell, 'echo-2', { type: 'http', methods: ['DELETE'], authType: 'anonymous' });
    expect(shell.world.state.size(TRIGGERS)).toBe(2);
    expect((await call({ path: '/fcapp/echo-2/' })).status).toBe(405);
  });
});

test('asked for asynchronously it is accepted, and answered at once', async () => {
  const { status, headers } = await call({ headers: { 'x-fc-invocation-type': 'Async' } });
  const [accepted] = shell.world.state.values<AsyncInvocationRecord>(ASYNC_INVOCATIONS);
  expect([status, runtime.invoked, accepted?.functionName]).toEqual([202, [], 'echo']);
  expect(accepted?.requestId).toBe(headers['x-fc-request-id']);
});

test('asked for asynchronously with more than 128 KB it is refused', async () => {
  const headers = { 'x-fc-invocation-type': 'Async' };
  const { status, body } = await call({ headers, body: Buffer.alloc(128 * 1_024, 'x') });
  expect([status, JSON.parse(String(body)).Code]).toEqual([400, 'EntityTooLarge']);
  expect(shell.world.state.size(ASYNC_INVOCATIONS)).toBe(0);
});
