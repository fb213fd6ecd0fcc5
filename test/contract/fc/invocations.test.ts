/** Invocations by the typed client: what the runtime answers, as headers and bytes. */
import { Readable } from 'node:stream';
import type Fc from '@alicloud/fc20230330';
import * as models from '@alicloud/fc20230330';
import * as $dara from '@darabonba/typescript';
import type { Invoke } from '../../../local/wire/invoke';
import { fc } from '../../../local/world/fc/service';
import { type LocalWire, startLocalWire } from '../local-wire';
import { errorOf, fcClient, functionInput } from './fc-clients';

const LINES = Array.from({ length: 200 }, (_, line) => `line ${line} of what the function printed`);
const failed = { outcome: 'failed', errorType: 'Error', errorMessage: 'no', stackTrace: ['at'] } as const;

/** A runtime that does what the event says. */
const invokeStub: Invoke = async ({ event, functionName }) => {
  const text = event.toString();
  if (text === 'busy') return { outcome: 'throttled' };
  if (text === 'fail') return { ...failed, instanceId: 'c-1', log: ['a line'] };
  const log = text === 'talk' ? LINES : ['a line'];
  return { outcome: 'answered', result: Buffer.from(`${functionName} got ${event}`), instanceId: 'c-1', log };
};

let wire: LocalWire;
let client: Fc;
let checksum: string | undefined;

beforeAll(async () => {
  wire = await startLocalWire({ services: { fc }, invoke: invokeStub });
  client = fcClient(wire);
  checksum = (await client.createFunction(functionInput('f'))).body?.codeChecksum;
});
afterAll(() => wire.close());

interface Asked {
  name?: string;
  type?: string;
  logType?: string;
  task?: string;
  qualifier?: string;
}

const invoke = (payload: string, { name = 'f', type = 'Sync', logType = 'Tail', task, qualifier }: Asked = {}) =>
  client.invokeFunctionWithOptions(
    name,
    new models.InvokeFunctionRequest({
      body: Readable.from([Buffer.from(payload)]),
      ...(qualifier === undefined ? {} : { qualifier }),
    }),
    new models.InvokeFunctionHeaders({
      xFcInvocationType: type,
      xFcLogType: logType,
      ...(task === undefined ? {} : { xFcAsyncTaskId: task }),
    }),
    new $dara.RuntimeOptions({}) as never,
  );

async function textOf(stream: Readable | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

test('the answer is the function’s own bytes; headers tell the rest', async () => {
  const answer = await invoke('hello', { qualifier: 'LATEST' });
  expect(answer.statusCode).toBe(200);
  expect(await textOf(answer.body)).toBe('f got hello');
  expect(answer.headers).toMatchObject({
    'x-fc-request-id': expect.stringMatching(/^[0-9A-F-]{36}$/),
    'x-fc-instance-id': 'c-1',
    'x-fc-code-checksum': checksum,
    'x-fc-invocation-service-version': 'LATEST',
    'x-fc-log-result': Buffer.from('a line\n').toString('base64'),
  });
  expect(answer.headers).not.toHaveProperty('x-fc-error-type');
});

test('of a long log comes its end, four kilobytes of it', async () => {
  const { headers = {} } = await invoke('talk');
  const tail = Buffer.from(headers['x-fc-log-result'] ?? '', 'base64').toString();
  expect(tail).toHaveLength(4_096);
  expect(tail.endsWith('line 199 of what the function printed\n')).toBe(true);
});

test('no log comes where none is asked for', async () => {
  expect((await invoke('hello', { logType: 'None' })).headers).not.toHaveProperty('x-fc-log-result');
});

test('a function that fails is told by a header', async () => {
  const answer = await invoke('fail');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers?.['x-fc-error-type']).toBe('UnhandledInvocationError');
  expect(JSON.parse(await textOf(answer.body))).toEqual({ errorType: 'Error', errorMessage: 'no', stackTrace: ['at'] });
});

test.each<[reason: string, payload: string, asked: Asked, expected: string]>([
  ['every instance is busy', 'busy', {}, '429 ResourceExhausted'],
  ['there is no such function', '', { name: 'g' }, '404 FunctionNotFound'],
  ['there is no such function, later', '', { name: 'g', type: 'Async' }, '404 FunctionNotFound'],
  ['there is no such version', '', { qualifier: '1' }, '404 VersionNotFound'],
  ['there is no such alias', '', { qualifier: 'blue' }, '404 AliasNotFound'],
  ['there is no such type', '', { type: 'Sometime' }, '400 InvalidArgument'],
  ['more than 128 KB are asynchronous', 'x'.repeat(131_073), { type: 'Async' }, '400 EntityTooLarge'],
])('refused, because %s', async (_, payload, asked, expected) => {
  expect(await errorOf(invoke(payload, asked))).toBe(expected);
});

test.each(['Async', 'Task'])('%s is accepted, and kept for the runtime with its payload', async (type) => {
  const before = wire.world.state.values('fc.async-invocations').length;
  const answer = await invoke('later', { type, task: 'task-1' });
  expect(answer.statusCode).toBe(202);
  expect(answer.headers).toMatchObject({ 'x-fc-async-task-id': 'task-1' });
  expect(await textOf(answer.body)).toBe('');
  expect(wire.world.state.values('fc.async-invocations').slice(before)).toMatchObject([
    {
      functionName: 'f',
      requestId: answer.headers?.['x-fc-request-id'],
      payload: Buffer.from('later').toString('base64'),
    },
  ]);
});

test('a payload of ten megabytes goes through', async () => {
  const answer = await invoke('x'.repeat(10_000_000));
  expect(await textOf(answer.body)).toHaveLength('f got '.length + 10_000_000);
});

test('without a runtime a synchronous one says so', async () => {
  const alone = await startLocalWire({ services: { fc } });
  try {
    const own = fcClient(alone);
    await own.createFunction(functionInput('f'));
    expect(await errorOf(own.invokeFunction('f', new models.InvokeFunctionRequest({})))).toBe('503 ServiceUnavailable');
  } finally {
    await alone.close();
  }
});
