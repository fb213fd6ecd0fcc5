/** What a function may be, and what becomes of it and its code. */
import { CODE, FUNCTIONS, type FunctionRecord } from '../../../../local/world/fc/records';
import type { JsonObject } from '../../../../shared/json';
import { ACCOUNT_ID, FUNCTION, fcWorld, ROLE, START, zipOf } from './fc-world';

/** A zip64 without an entry that states 4,294,967,294 of them. */
const LYING_ZIP = Buffer.concat([
  Buffer.from('504b0606', 'hex'),
  Buffer.alloc(28),
  Buffer.from('feffffff', 'hex'),
  Buffer.alloc(20),
  Buffer.from('504b0607', 'hex'),
  Buffer.alloc(16),
  Buffer.from('504b0506', 'hex'),
  Buffer.alloc(4),
  Buffer.alloc(12, 0xff),
  Buffer.alloc(2),
]).toString('base64');

const create = (cloud: ReturnType<typeof fcWorld>, more: JsonObject = {}) =>
  cloud.done('CreateFunction', { body: { ...FUNCTION, ...more } });

const NAME = 'it is not a name';
const FILE_AND_EXPORT = 'is not file.export';
const RATIO = 'the ratio of vCPU to memory (in GB) must be between 1:1 and 1:4';
const roleNamed = (name: string) => ({ role: `acs:ram::${ACCOUNT_ID}:role/${name}` });

test.each<[reason: string, more: JsonObject, said: string]>([
  ['a name begins with a letter or an underscore', { functionName: '1f' }, `functionName: ${NAME}`],
  ['a name has no dot', { functionName: 'a.b' }, `functionName: ${NAME}`],
  ['a name has at most 64 characters', { functionName: 'f'.repeat(65) }, `functionName: ${NAME}`],
  ['a runtime that nobody has', { runtime: 'nodejs99' }, 'runtime: '],
  ['a handler without an export', { handler: 'index' }, `handler: 'index' ${FILE_AND_EXPORT}`],
  ['a handler without a file', { handler: '.handler' }, `handler: '.handler' ${FILE_AND_EXPORT}`],
  ['a handler with a space', { handler: 'in dex.handler' }, `handler: 'in dex.handler' ${FILE_AND_EXPORT}`],
  ['no time at all', { timeout: 0 }, 'timeout: '],
  ['more than a day', { timeout: 86_401 }, 'timeout: '],
  ['too little memory', { memorySize: 64 }, 'memorySize: '],
  ['too much memory', { memorySize: 32_832, cpu: 16 }, 'memorySize: '],
  ['memory between two steps', { memorySize: 500 }, 'memorySize: '],
  ['a CPU between two steps', { cpu: 0.36 }, 'cpu: '],
  ['more memory than four times the CPU', { memorySize: 4_096, cpu: 0.95 }, RATIO],
  ['less memory than the CPU', { memorySize: 512, cpu: 0.55 }, RATIO],
  ['a disk of another size', { diskSize: 1_024 }, 'diskSize: '],
  ['too many events at once', { instanceConcurrency: 201 }, 'instanceConcurrency: '],
  ['a variable that is the platform’s', { environmentVariables: { FC_REGION: 'x' } }, 'variables that begin with FC_'],
  ['a variable that begins with a digit', { environmentVariables: { '1A': 'x' } }, 'a variable begins with a letter'],
  ['a variable that is no text', { environmentVariables: { A: 1 } }, 'environmentVariables.A: '],
  ['more than 4 KB of variables', { environmentVariables: { A: 'x'.repeat(4_090) } }, 'they exceed 4 KB in all'],
  ['a role without an account', { role: 'worker' }, 'role: it is acs:ram::<account>:role/<name>'],
  ['a role that nobody made', roleNamed('nobody'), "nobody' does not exist"],
  ['a project without a logstore', { logConfig: { project: 'p' } }, 'logConfig: project and logstore go together'],
  ['layers, which no instance here would have', { layers: ['acs:fc:us-east-1:1:layers/l/versions/1'] }, 'layers: '],
  [
    'a hook that is a command, which no instance here would run',
    { instanceLifecycleConfig: { initializer: { command: ['true'] } } },
    'commands are not served by the local cloud',
  ],
  ['more than twenty tags', { tags: Array.from({ length: 21 }, (_, key) => ({ key: `${key}`, value: '' })) }, 'tags: '],
  ['a field that is misspelt', { memorysize: 512 }, 'Unrecognized key: "memorysize"'],
  ['no code', { code: {} }, 'code: zipFile, or ossBucketName and ossObjectName, must be given'],
  ['code that is not there', { code: { ossBucketName: 'b-1', ossObjectName: 'k' } }, 'object k does not exist'],
  ['code that is no zip', { code: { zipFile: 'bm8=' } }, 'code is not a valid zip file'],
  ['a zip that lies of its entries', { code: { zipFile: LYING_ZIP } }, 'code is not a valid zip file'],
  ['code that is empty', { code: { zipFile: '' } }, 'code size is not valid'],
  ['another code than meant', { code: { zipFile: zipOf('1'), checksum: '1' } }, 'code checksum does not match'],
])('refused: %s', (_, more, said) => {
  const cloud = fcWorld();
  const refusal = cloud.refusal('CreateFunction', { body: { ...FUNCTION, ...more } });
  expect(refusal).toMatch(/^400 InvalidArgument: /);
  expect(refusal).toContain(said);
  expect(cloud.state.keysBetween(FUNCTIONS)).toEqual([]);
  expect(cloud.state.keysBetween(CODE)).toEqual([]);
});

test.each<[reason: string, more: JsonObject]>([
  ['the longest name', { functionName: `_${'f'.repeat(63)}` }],
  ['a handler in a folder', { handler: 'dist/index.handler' }],
  ['a handler of another language', { runtime: 'java11', handler: 'example.App::handle' }],
  ['a day', { timeout: 86_400 }],
  ['as much memory as the CPU', { memorySize: 1_024, cpu: 1 }],
  ['four times as much', { memorySize: 4_096, cpu: 1 }],
  ['a role in lower case, as the deployment tool sends it', { role: ROLE.toLowerCase() }],
  ['no role, as the tool sends where there is none', { role: '' }],
  [
    'logs that are switched off, as the tool sends them',
    { logConfig: { project: '', logstore: '', logBeginRule: 'None' } },
  ],
])('accepted: %s', (_, more) => {
  const cloud = fcWorld();
  expect(cloud.ask('CreateFunction', { body: { ...FUNCTION, ...more } }).ok).toBe(true);
});

test('a function says what was sent, and the service’s defaults, and no more', () => {
  const cloud = fcWorld();
  expect(create(cloud, { description: 'd', layers: [], internetAccess: true, tracingConfig: {} })).toEqual({
    functionName: 'f',
    functionId: expect.stringMatching(/^[a-z0-9]{22}$/),
    functionArn: `acs:fc:us-east-1:${ACCOUNT_ID}:functions/f`,
    runtime: 'nodejs20',
    handler: 'index.handler',
    cpu: 0.35,
    memorySize: 512,
    timeout: 3,
    description: 'd',
    internetAccess: true,
    tracingConfig: {},
    environmentVariables: {},
    codeChecksum: expect.stringMatching(/^\d{1,20}$/),
    codeSize: Buffer.from(zipOf('1'), 'base64').length,
    createdTime: '2026-11-23T00:00:00Z',
    lastModifiedTime: '2026-11-23T00:00:00Z',
    state: 'Active',
    lastUpdateStatus: 'Successful',
  });
});

test('an update changes what it names, and makes instances of before obsolete', () => {
  const cloud = fcWorld();
  const before = create(cloud, { role: ROLE, environmentVariables: { A: '1' }, instanceConcurrency: 1 });
  cloud.advance(60_000);
  const after = cloud.done('UpdateFunction', { name: 'f', body: { timeout: 9, environmentVariables: {} } });
  expect(after).toEqual({
    ...before,
    timeout: 9,
    environmentVariables: {},
    lastModifiedTime: '2026-11-23T00:01:00Z',
  });
  expect(cloud.state.get<FunctionRecord>(FUNCTIONS, 'f')).toMatchObject({ revision: 2, role: ROLE });
});

test('an update that is refused changes nothing', () => {
  const cloud = fcWorld();
  const before = create(cloud);
  expect(cloud.refusal('UpdateFunction', { name: 'f', body: { cpu: 16, code: { zipFile: zipOf('2') } } })).toContain(
    RATIO,
  );
  expect(cloud.done('GetFunction', { name: 'f' })).toEqual(before);
  expect(cloud.state.keysBetween(CODE)).toEqual([before.codeChecksum]);
});

test('code is kept once for functions that share it, and as long as one has it', () => {
  const cloud = fcWorld();
  const { codeChecksum } = create(cloud);
  create(cloud, { functionName: 'g' });
  const kept = () => [...cloud.state.keysBetween(CODE)];
  expect(kept()).toEqual([codeChecksum]);
  cloud.done('DeleteFunction', { name: 'f' });
  expect(kept()).toEqual([codeChecksum]);
  const { codeChecksum: changed } = cloud.done('UpdateFunction', {
    name: 'g',
    body: { code: { zipFile: zipOf('2') } },
  });
  expect(kept()).toEqual([changed]);
  cloud.done('DeleteFunction', { name: 'g' });
  expect(kept()).toEqual([]);
});

test('the same code again is the same checksum', () => {
  const cloud = fcWorld();
  const { codeChecksum } = create(cloud);
  const again = cloud.done('UpdateFunction', { name: 'f', body: { code: { zipFile: zipOf('1') } } });
  expect(again.codeChecksum).toBe(codeChecksum);
  expect(cloud.state.keysBetween(CODE)).toEqual([codeChecksum]);
});

test('code comes out of a bucket of one’s own, and stays there', () => {
  const cloud = fcWorld();
  cloud.bucket('b-1');
  const object = { contentType: '', headers: {}, metadata: {}, forbidOverwrite: false, sourceIp: '127.0.0.1' };
  cloud.oss({ operation: 'PutObject', bucket: 'b-1', key: 'k', body: zipOf('1'), ...object });
  const inline = create(cloud, { functionName: 'g' });
  const { codeChecksum } = create(cloud, { code: { ossBucketName: 'b-1', ossObjectName: 'k' } });
  expect(codeChecksum).toBe(inline.codeChecksum);
  expect(cloud.oss({ operation: 'GetObject', bucket: 'b-1', key: 'k', preconditions: {} }).ok).toBe(true);
});

test('functions are listed by name, in pages', () => {
  const cloud = fcWorld();
  for (const functionName of ['b-2', 'a-1', 'b-1']) create(cloud, { functionName });
  const list = (limit: number | null, nextToken: string | null, prefix = '') => {
    const { functions, ...rest } = cloud.done('ListFunctions', { prefix, limit, nextToken });
    return { names: (functions as JsonObject[]).map(({ functionName }) => functionName), ...rest };
  };
  const first = list(2, null);
  expect(first).toEqual({ names: ['a-1', 'b-1'], nextToken: expect.any(String) });
  expect(list(2, (first as unknown as { nextToken: string }).nextToken)).toEqual({ names: ['b-2'] });
  expect(list(null, null, 'b-')).toEqual({ names: ['b-1', 'b-2'] });
  expect(cloud.refusal('ListFunctions', { prefix: '', limit: 101, nextToken: null })).toMatch(/^400 InvalidArgument/);
  expect(cloud.refusal('ListFunctions', { prefix: '', limit: null, nextToken: 'x' })).toMatch(/^400 InvalidArgument/);
});

test('a function exists once, and has no versions', () => {
  const cloud = fcWorld();
  create(cloud);
  expect(cloud.refusal('CreateFunction', { body: FUNCTION })).toBe(
    "409 FunctionAlreadyExists: function 'f' already exists",
  );
  expect(cloud.ask('GetFunction', { name: 'f', qualifier: 'LATEST' }).ok).toBe(true);
  expect(cloud.refusal('GetFunction', { name: 'f', qualifier: '1' })).toMatch(/^404 VersionNotFound/);
  expect(cloud.refusal('GetFunction', { name: 'f', qualifier: 'blue' })).toMatch(/^404 AliasNotFound/);
  expect(cloud.state.get<FunctionRecord>(FUNCTIONS, 'f')?.createdAt).toBe(START);
});

test.each(['GetFunction', 'DeleteFunction', 'ListTriggers', 'GetAsyncInvokeConfig', 'GetConcurrencyConfig'] as const)(
  '%s of a function that does not exist is not found',
  (operation) => {
    const input = { name: 'nobody', limit: null, nextToken: null };
    expect(fcWorld().refusal(operation, input)).toBe("404 FunctionNotFound: function 'nobody' does not exist");
  },
);
