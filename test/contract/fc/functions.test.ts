/** Function Compute's control plane, driven by the official client over loopback. */
import { Readable } from 'node:stream';
import Fc, * as models from '@alicloud/fc20230330';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import * as $dara from '@darabonba/typescript';
import { strToU8, zipSync } from 'fflate';
import { fc } from '../../../local/world/fc/service';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, ACCOUNT_ID, type LocalWire, REGION, startLocalWire } from '../local-wire';

let wire: LocalWire;
let client: Fc;

beforeAll(async () => {
  wire = await startLocalWire({
    services: { fc },
    invoke: async ({ event }) =>
      event.toString() === 'fail'
        ? {
            outcome: 'failed',
            errorType: 'Error',
            errorMessage: 'no',
            stackTrace: ['at'],
            instanceId: 'c-1',
            log: ['a line'],
          }
        : { outcome: 'answered', result: Buffer.from(`got ${event}`), instanceId: 'c-1', log: ['a line'] },
  });
  client = clientWith(ACCESS_KEY_SECRET);
});
afterAll(() => wire.close());

const clientWith = (accessKeySecret: string): Fc =>
  new Fc(
    new $OpenApiUtil.Config({
      accessKeyId: ACCESS_KEY_ID,
      accessKeySecret,
      endpoint: wire.host,
      protocol: 'HTTP',
    }) as never,
  );

const ZIP = Buffer.from(zipSync({ 'index.js': strToU8('exports.handler = async () => 1') })).toString('base64');

const created = (functionName: string, more: object = {}) =>
  client.createFunction(
    new models.CreateFunctionRequest({
      body: new models.CreateFunctionInput({
        functionName,
        runtime: 'nodejs20',
        handler: 'index.handler',
        code: new models.InputCodeLocation({ zipFile: ZIP }),
        ...more,
      }),
    }),
  );

const errorOf = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => null,
    (thrown: { statusCode: number; code: string }) => thrown,
  );
  return error ? `${error.statusCode} ${error.code}` : 'no error';
};

test('a function is created, read, updated, listed and deleted', async () => {
  const { body } = await created('life', { memorySize: 1024, cpu: 0.5, environmentVariables: { A: 'b' } });
  expect(body).toMatchObject({
    functionName: 'life',
    functionArn: `acs:fc:${REGION}:${ACCOUNT_ID}:functions/life`,
    handler: 'index.handler',
    memorySize: 1024,
    timeout: 3,
    environmentVariables: { A: 'b' },
    state: 'Active',
    lastUpdateStatus: 'Successful',
  });
  const updated = await client.updateFunction(
    'life',
    new models.UpdateFunctionRequest({ body: new models.UpdateFunctionInput({ timeout: 60 }) }),
  );
  expect(updated.body).toMatchObject({ timeout: 60, memorySize: 1024, codeChecksum: body?.codeChecksum });
  const read = await client.getFunction('life', new models.GetFunctionRequest({}));
  expect(read.body).toEqual(updated.body);
  const list = await client.listFunctions(new models.ListFunctionsRequest({ prefix: 'li' }));
  expect(list.body?.functions?.map(({ functionName }) => functionName)).toEqual(['life']);
  expect((await client.deleteFunction('life')).statusCode).toBe(204);
  expect(await errorOf(client.getFunction('life', new models.GetFunctionRequest({})))).toBe('404 FunctionNotFound');
});

test.each([
  ['a name that begins with a digit', { functionName: '1a' }, '400 InvalidArgument'],
  ['a runtime that nobody has', { runtime: 'nodejs99' }, '400 InvalidArgument'],
  ['memory that is no multiple of 64', { memorySize: 500 }, '400 InvalidArgument'],
  ['too much memory for the CPU', { memorySize: 4096, cpu: 0.35 }, '400 InvalidArgument'],
  ['a time-out of more than a day', { timeout: 86_401 }, '400 InvalidArgument'],
  ['a variable that is the platform’s', { environmentVariables: { FC_X: '1' } }, '400 InvalidArgument'],
  ['more than 4 KB of variables', { environmentVariables: { A: 'x'.repeat(4_096) } }, '400 InvalidArgument'],
  ['code that is no zip', { code: new models.InputCodeLocation({ zipFile: 'bm8=' }) }, '400 InvalidArgument'],
  [
    'code with another checksum',
    { code: new models.InputCodeLocation({ zipFile: ZIP, checksum: '1' }) },
    '400 InvalidArgument',
  ],
  ['a role that does not exist', { role: `acs:ram::${ACCOUNT_ID}:role/nobody` }, '400 InvalidArgument'],
])('refused: %s', async (_, more, expected) => {
  expect(await errorOf(created('refused', more))).toBe(expected);
});

test('a second function of the name is refused', async () => {
  await created('twice');
  expect(await errorOf(created('twice'))).toBe('409 FunctionAlreadyExists');
});

test('a wrong secret is refused', async () => {
  const call = clientWith('wrong').getFunction('x', new models.GetFunctionRequest({}));
  expect(await errorOf(call)).toBe('403 SignatureNotMatch');
});

const invoke = (name: string, payload: string, type = 'Sync') =>
  client.invokeFunctionWithOptions(
    name,
    new models.InvokeFunctionRequest({ body: Readable.from([Buffer.from(payload)]) }),
    new models.InvokeFunctionHeaders({ xFcInvocationType: type, xFcLogType: 'Tail' }),
    new $dara.RuntimeOptions({}) as never,
  );

async function textOf(stream: Readable | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

test('an invocation answers with the function’s own bytes, and the end of its log', async () => {
  await created('invoked');
  const answer = await invoke('invoked', 'hello');
  expect(await textOf(answer.body)).toBe('got hello');
  expect(answer.headers?.['x-fc-error-type']).toBeUndefined();
  expect(Buffer.from(answer.headers?.['x-fc-log-result'] ?? '', 'base64').toString()).toBe('a line\n');
});

test('a function that fails is told by a header', async () => {
  const answer = await invoke('invoked', 'fail');
  expect(answer.headers?.['x-fc-error-type']).toBe('UnhandledInvocationError');
  expect(JSON.parse(await textOf(answer.body))).toEqual({ errorType: 'Error', errorMessage: 'no', stackTrace: ['at'] });
});

test('an asynchronous invocation is accepted and kept', async () => {
  const answer = await invoke('invoked', 'later', 'Async');
  expect(answer.statusCode).toBe(202);
  expect(wire.world.state.values('fc.async-invocations')).toMatchObject([
    { functionName: 'invoked', payload: Buffer.from('later').toString('base64') },
  ]);
});
