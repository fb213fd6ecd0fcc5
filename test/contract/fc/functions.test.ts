/** Functions over loopback by the typed client: created and refused, signed rightly and wrongly, by whom it may be. */
import type Fc from '@alicloud/fc20230330';
import * as models from '@alicloud/fc20230330';
import { zipSync } from 'fflate';
import { fc } from '../../../local/world/fc/service';
import {
  ACCOUNT_ID,
  type LocalWire,
  REGION,
  STS_KEY_ID,
  STS_KEY_SECRET,
  STS_TOKEN,
  startLocalWire,
} from '../local-wire';
import { errorOf, fcClient, functionInput, zipOf } from './fc-clients';

let wire: LocalWire;
let client: Fc;

beforeAll(async () => {
  wire = await startLocalWire({ services: { fc } });
  client = fcClient(wire);
});
afterAll(() => wire.close());

const created = (functionName: string, more: object = {}) => client.createFunction(functionInput(functionName, more));
const read = (name: string, from = client) => from.getFunction(name, new models.GetFunctionRequest({}));

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
  const { body: now } = await read('life');
  expect(now).toEqual(updated.body);
  const list = await client.listFunctions(new models.ListFunctionsRequest({ prefix: 'li' }));
  expect(list.body?.functions?.map(({ functionName }) => functionName)).toEqual(['life']);
  expect((await client.deleteFunction('life')).statusCode).toBe(204);
  expect(await errorOf(read('life'))).toBe('404 FunctionNotFound');
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
    { code: new models.InputCodeLocation({ zipFile: zipOf('1').toString('base64'), checksum: '1' }) },
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

test.each([
  ['a wrong secret', { accessKeySecret: 'wrong' }, '403 SignatureNotMatch'],
  ['a key that nobody has', { accessKeyId: 'LTAInobody' }, '403 InvalidAccessKeyID'],
  [
    'a wrong token',
    { accessKeyId: STS_KEY_ID, accessKeySecret: STS_KEY_SECRET, securityToken: 'wrong' },
    '403 InvalidSecurityToken',
  ],
  [
    'a role’s credentials, whose role may',
    { accessKeyId: STS_KEY_ID, accessKeySecret: STS_KEY_SECRET, securityToken: STS_TOKEN },
    '404 FunctionNotFound',
  ],
])('by %s', async (_, key, expected) => {
  expect(await errorOf(read('nobody', fcClient(wire, key)))).toBe(expected);
});

test.each([
  ['a space', 'a b'],
  ['a slash', 'a/b'],
  ['a per cent sign', '100%'],
  ['a plus and a star', 'a+b*c'],
  ['letters of another alphabet', '函数'],
])('a name with %s is signed and understood as it is', async (_, name) => {
  const error = await read(name).catch((thrown: { code: string; message: string }) => thrown);
  expect(error).toMatchObject({ code: 'FunctionNotFound' });
  expect((error as { message: string }).message).toContain(`function '${name}' does not exist`);
});

test('an error says its request, in the body and in the header', async () => {
  const error = await read('nobody').catch((thrown: { data: object }) => thrown);
  expect(error).toMatchObject({
    data: { Code: 'FunctionNotFound', RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/) },
  });
});

test.each([
  ['without a signature', {}, '400 MissingRequiredHeader'],
  ['with a signature that is none', { authorization: 'ACS3-HMAC-SHA256 Credential=x' }, '400 InvalidArgument'],
  ['with another service’s signature', { authorization: 'MNS a:b' }, '400 InvalidArgument'],
])('a request %s is refused', async (_, headers, expected) => {
  const answer = await fetch(`${wire.endpoint}/2023-03-30/functions/f`, { headers });
  const { Code } = (await answer.json()) as { Code: string };
  expect(`${answer.status} ${Code}`).toBe(expected);
});

test('code of nine megabytes comes inline', async () => {
  const zip = zipSync({ 'index.js': new Uint8Array(9_000_000) }, { level: 0 });
  const code = new models.InputCodeLocation({ zipFile: Buffer.from(zip).toString('base64') });
  const { body } = await created('large', { code });
  expect(body?.codeSize).toBe(zip.length);
});
