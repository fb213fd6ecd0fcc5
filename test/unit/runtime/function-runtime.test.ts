import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { credentialIssuer } from '../../../local/runtime/function-credentials';
import { type FunctionRuntime, functionRuntime } from '../../../local/runtime/function-runtime';
import type { WorldShell } from '../../../local/runtime/world-shell';
import type { FunctionRecord } from '../../../local/world/fc/records';
import { CREDENTIALS, findCredential } from '../../../local/world/sts/credentials';
import { epochMs } from '../../../shared/clock';
import { bundle, temporaryFolder } from './bundled';
import {
  ACCOUNT_ID,
  deploy,
  functionRecord,
  makeRole,
  newShell,
  PLACE,
  REGION,
  reserve,
  roleArn,
  runs,
  soon,
} from './runtime-harness';

let built: ReturnType<typeof temporaryFolder>;
let hostFile: string;
let shell: WorldShell;
let runtime: FunctionRuntime;

beforeAll(() => {
  built = temporaryFolder('host');
  hostFile = bundle('local/runtime/function-host.ts', join(built.path, 'function-host.js'));
});
afterAll(() => built.remove());
beforeEach(() => {
  shell = newShell();
  runtime = newRuntime();
});
afterEach(() => {
  runtime.stop();
  shell.stop();
});

const newRuntime = (changes: { logFolder?: string; accountInstances?: number } = {}): FunctionRuntime =>
  functionRuntime({
    shell,
    ...PLACE,
    hostFile,
    platformEnvironment: { TRUNKLINE_ENDPOINT: 'http://127.0.0.1:1' },
    logFolder: null,
    codeFolder: null,
    ...changes,
  });

const put = (name: string, body: string, changes: Partial<FunctionRecord> = {}) => deploy(shell, name, body, changes);
const invoke = (name: string, event: string | Buffer = '', options = {}) =>
  runtime.invoke(name, Buffer.from(event), options);
async function text(name: string, event: string | Buffer = '', options = {}): Promise<string> {
  const answer = await invoke(name, event, options);
  if (answer.outcome !== 'answered') throw new Error(JSON.stringify(answer));
  return answer.result.toString();
}
const json = async (name: string, event = '', options = {}) => JSON.parse(await text(name, event, options));

const CALLS = 'return { calls, pid: process.pid };';
const EXITED = expect.stringMatching(
  /^Process exited unexpectedly before completing request \(duration: \d+ms, maxMemoryUsage: \d+\.\d\dMB\)$/,
);

describe('what a function is given', () => {
  const ABOUT = `const { logger, ...plain } = context; return { plain, env: process.env, buffer: Buffer.isBuffer(event), cwd: process.cwd(), levels: Object.keys(logger) };`;

  test('the event is a Buffer, and a Buffer comes back byte for byte', async () => {
    put('echo', 'return event;');
    const bytes = Buffer.from([0, 255, 10, 128, 195]);
    expect(await invoke('echo', bytes)).toMatchObject({ outcome: 'answered', result: bytes });
  });

  test("the context is Function Compute's", async () => {
    put('about', ABOUT, { role: makeRole(shell, 'about', 'fc.aliyuncs.com') });
    const { plain, buffer, levels } = await json('about', '', { requestId: 'r-1', retryCount: 2 });
    expect(buffer).toBe(true);
    expect(levels).toEqual(['requestId', 'debug', 'info', 'warn', 'error']);
    expect(plain).toEqual({
      requestId: 'r-1',
      credentials: {
        accessKeyId: expect.stringMatching(/^STS\./),
        accessKeySecret: expect.any(String),
        securityToken: expect.any(String),
      },
      function: { name: 'about', handler: 'index.handler', memory: 128, timeout: 10 },
      service: { name: '', logProject: '', logStore: '', qualifier: 'LATEST', versionId: '' },
      region: 'us-east-1',
      accountId: '1234567890123456',
      retryCount: 2,
      tracing: { openTracingSpanContext: '', openTracingSpanBaggages: {}, jaegerEndpoint: '' },
      waitsForEmptyEventLoopBeforeCallback: false,
    });
  });

  test("the environment is the record's, Function Compute's and the platform's, and nothing of ours", async () => {
    put('about', ABOUT, {
      role: makeRole(shell, 'about', 'fc.aliyuncs.com'),
      environment: { TRUNKLINE_DEPLOYMENT: 'test', TRUNKLINE_ENDPOINT: 'overruled' },
    });
    const { env, plain, cwd } = await json('about');
    const { accessKeyId, accessKeySecret, securityToken } = plain.credentials;
    const { NODE_CHANNEL_FD, NODE_CHANNEL_SERIALIZATION_MODE, ...rest } = env;
    expect(rest).toEqual({
      TZ: 'UTC',
      FC_FUNC_CODE_PATH: `${cwd}/`,
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
      ALIBABA_CLOUD_SECURITY_TOKEN: securityToken,
      FC_ACCOUNT_ID: '1234567890123456',
      FC_REGION: REGION,
      FC_FUNCTION_NAME: 'about',
      FC_FUNCTION_HANDLER: 'index.handler',
      FC_FUNCTION_MEMORY_SIZE: '128',
      FC_FUNCTION_VERSION: 'LATEST',
      FC_INSTANCE_ID: expect.stringMatching(/^c-/),
      TRUNKLINE_ENDPOINT: 'http://127.0.0.1:1',
      TRUNKLINE_DEPLOYMENT: 'test',
    });
  });

  test('without a role there are no credentials, in neither place', async () => {
    put('about', ABOUT);
    const { env, plain } = await json('about');
    expect(plain.credentials).toEqual({});
    expect(Object.keys(env).filter((name) => name.startsWith('ALIBABA_CLOUD_'))).toEqual([]);
  });

  test.each([
    ['src/main.run', { 'src/main.js': "exports.run = async () => 'nested';" }, 'nested'],
    ['index.handler', { 'index.mjs': "export const handler = async () => 'module';" }, 'module'],
    [
      'index.handler',
      { 'package.json': '{"type":"module"}', 'index.js': "export const handler = async () => 'package';" },
      'package',
    ],
  ])('the handler %s is found in %j', async (handler, files, expected) => {
    deploy(shell, 'found', files, { handler });
    expect(await text('found')).toBe(expected);
  });
});

describe('credentials', () => {
  test('are of the function’s role, and the wire finds them', async () => {
    const role = makeRole(shell, 'worker', 'fc.aliyuncs.com');
    put('about', 'return context.credentials;', { role });
    const { accessKeyId, accessKeySecret, securityToken } = await json('about');
    expect(findCredential(shell.world.state, accessKeyId, shell.clock.now())).toMatchObject({
      secret: accessKeySecret,
      securityToken,
      roleArn: 'acs:ram::1234567890123456:role/worker',
    });
  });

  test.each([
    [1, 17, true, 'more than half of 36 hours is left'],
    [1, 19, false, 'less than half is left'],
    [1_000, 100, true, 'in a fast cloud they live as long as four time-outs'],
    [1_000, 300, false, 'and are renewed at half of that'],
  ])('at rate %d, %d hours later, the same credentials: %s (%s)', (rate, hours, same) => {
    const start = shell.clock.now();
    let now = start;
    const clock = { now: () => now, monotonic: shell.clock.monotonic };
    const issue = credentialIssuer({
      shell: { ...shell, clock, rate: { ...shell.rate, rate } },
      accountId: ACCOUNT_ID,
    });
    const slow = functionRecord('echo', { timeoutSeconds: 300, role: makeRole(shell, 'slow', 'fc.aliyuncs.com') });
    const first = issue(slow);
    now = epochMs(start + hours * 3_600_000);
    expect(issue(slow)?.accessKeyId === first?.accessKeyId).toBe(same);
  });

  test('expired credentials of a role are forgotten when new ones are made', async () => {
    const expiresAt = epochMs(shell.clock.now() - 1_000);
    const role = makeRole(shell, 'worker', 'fc.aliyuncs.com');
    for (const [key, roleOf] of Object.entries({ old: role, other: roleArn('another') }))
      shell.write([{ collection: CREDENTIALS, key, value: { accessKeyId: key, roleArn: roleOf, expiresAt } }]);
    put('echo', 'return event;', { role });
    await text('echo');
    expect(shell.world.state.get(CREDENTIALS, 'old')).toBeUndefined();
    expect(shell.world.state.get(CREDENTIALS, 'other')).toBeDefined();
  });

  test.each([
    ['that is gone', () => roleArn('gone'), "role 'acs:ram::1234567890123456:role/gone' does not exist"],
    [
      'that trusts another service',
      () => makeRole(shell, 'strange', 'ecs.aliyuncs.com'),
      "role 'acs:ram::1234567890123456:role/strange' does not trust fc.aliyuncs.com",
    ],
  ])('a function whose role %s is not started', async (_, role, errorMessage) => {
    put('echo', 'return event;', { role: role() });
    expect(await invoke('echo')).toMatchObject({ outcome: 'failed', errorType: 'FunctionNotStarted', errorMessage });
  });
});

describe('what comes back', () => {
  test.each([
    ['', '', 'undefined is an empty body'],
    ['return 42;', '42', 'anything else is text'],
    [
      "process.send({ hello: 1 }); process.send({ id: 99, ok: true, result: Buffer.from('forged') }); return 'mine';",
      'mine',
      'messages of the handler’s own, and forged answers, are not the answer',
    ],
  ])('%s gives %j: %s', async (body, expected) => {
    put('any', body);
    expect(await text('any')).toBe(expected);
  });

  test.each([
    ["throw new RangeError('too far');", 'RangeError', 'too far', 'an error by its name, its message and its stack'],
    ["throw 'just text';", 'Error', 'just text', 'whatever was thrown'],
    ['throw { code: 7 };', 'Error', '{ code: 7 }', 'an object that is no error'],
    ['throw Object.create(null);', 'Error', '[Object: null prototype] {}', 'what has no text of its own'],
    ["throw Object.assign(new Error('x'), { name: undefined, stack: 5 });", 'undefined', 'x', 'a name that is none'],
    ['throw Object.assign(new Error(), { message: { a: 1 } });', 'Error', '{ a: 1 }', 'a message that is no text'],
    [
      "require('not-there');",
      'ImportModuleError',
      expect.stringContaining("Cannot find module 'not-there'"),
      "the runtime's own name",
    ],
    ['const a = {}; a.a = a; return a;', 'TypeError', expect.stringContaining('circular'), 'a result that is no JSON'],
  ])('%s fails as %s: %s: %s', async (body, errorType, errorMessage) => {
    put('any', body);
    expect(await invoke('any')).toMatchObject({
      outcome: 'failed',
      errorType,
      errorMessage,
      stackTrace: expect.any(Array),
    });
  });

  test.each<[Record<string, string>, string, unknown, string]>([
    [{ 'other.js': '' }, 'ImportModuleError', expect.stringContaining('Cannot find module'), 'no such file'],
    [{ 'index.js': '' }, 'Error', "Handler 'handler' is missing on module 'index'", 'no such export'],
    [{ 'index.js': 'no {' }, 'UserCodeSyntaxError', expect.any(String), 'no JavaScript'],
  ])('code %j fails as %s: %s: %s', async (files, errorType, errorMessage) => {
    deploy(shell, 'any', files);
    expect(await invoke('any')).toMatchObject({ outcome: 'failed', errorType, errorMessage });
  });

  test.each([
    ['python3.10', {}, 'the local cloud runs nodejs20, and not python3.10'],
    ['nodejs20', { codeChecksum: '7' }, "there is no code 7 for function 'any'"],
  ])('a function of %s with %j is not started', async (name, changes, errorMessage) => {
    put('any', '', { runtime: name, ...changes });
    expect(await invoke('any')).toMatchObject({ outcome: 'failed', errorType: 'FunctionNotStarted', errorMessage });
  });

  test('the stack begins with the error, as Node 20 there gives it', async () => {
    put('throws', "throw new RangeError('too far');");
    const answer = await invoke('throws');
    expect(answer.outcome === 'failed' && answer.stackTrace.slice(0, 2)).toEqual([
      'RangeError: too far',
      expect.stringMatching(/^ {4}at /),
    ]);
  });
});

describe('an instance that goes', () => {
  const hog =
    'const all = []; for (;;) { all.push(Buffer.alloc(4e6, 1)); await new Promise((r) => setTimeout(r, 1)); }';
  test.each([
    ['process.exit(3);', 'ProcessExited', EXITED, 'it exits'],
    [
      "setImmediate(() => { throw new Error('later'); }); await new Promise(() => {});",
      'ProcessExited',
      EXITED,
      'an error that nobody catches',
    ],
    ['const all = []; for (;;) all.push(new Array(1e5).fill(calls));', 'ProcessExited', EXITED, 'a heap that is full'],
    [hog, 'ProcessExited', EXITED, 'buffers beyond the function’s memory'],
    ['await new Promise(() => {});', 'FunctionTimeout', 'Function time out after 0.25s', 'it waits'],
    ['for (;;);', 'FunctionTimeout', 'Function time out after 0.25s', 'it spins'],
  ])('%s: %s', async (body, errorType, errorMessage) => {
    put('any', body, errorType === 'FunctionTimeout' ? { timeoutSeconds: 0.25 } : {});
    const failure = { outcome: 'failed', errorType, errorMessage, stackTrace: [] };
    expect(await invoke('any')).toMatchObject(failure);
    // The next event finds another instance, which goes the same way and not at once.
    expect(await invoke('any')).toMatchObject({ errorType });
  });

  test.each([
    ['await new Promise(() => {});', 'it is killed at its time-out'],
    ['process.exit();', 'it exits by itself'],
  ])('takes with it what it has started: %s', async (rest) => {
    const start = "require('node:child_process').spawn('sleep', ['600'], { stdio: 'ignore' })";
    put('parent', `console.log('started', ${start}.pid); ${rest}`, { timeoutSeconds: 0.5 });
    expect(await invoke('parent')).toMatchObject({ outcome: 'failed' });
    const pid = Number(/started (\d+)/.exec(runtime.logs('parent').join('\n'))?.[1]);
    expect(pid).toBeGreaterThan(1);
    await soon(() => !runs(pid));
    expect(runs(pid)).toBe(false);
  });

  test('what held too much memory is told in its log', async () => {
    put('hog', hog);
    await invoke('hog');
    expect(runtime.logs('hog')).toContain('the instance held more than its 128 MB and was ended');
  });

  test('killing all of them fails what they were at, and the next events have new ones', async () => {
    put('calls', CALLS);
    put('hangs', 'await new Promise(() => {});');
    const warm = await json('calls');
    const held = [invoke('hangs'), invoke('hangs')];
    runtime.killAll();
    for (const result of await Promise.all(held)) expect(result).toMatchObject({ errorType: 'ProcessExited' });
    const fresh = await json('calls');
    expect(fresh.calls).toBe(1);
    expect(fresh.pid).not.toBe(warm.pid);
  });

  test('after a stop nothing is started any more', async () => {
    put('hangs', 'await new Promise(() => {});');
    const under = invoke('hangs');
    runtime.stop();
    expect(await under).toMatchObject({ errorType: 'ProcessExited' });
    expect(await invoke('hangs')).toMatchObject({ errorType: 'RuntimeStopped' });
  });
});

describe('instances', () => {
  test('a warm one is used again', async () => {
    put('calls', CALLS);
    const first = await json('calls');
    expect(await json('calls')).toEqual({ calls: 2, pid: first.pid });
  });

  test('one event at a time each; beyond what is reserved, throttled at once', async () => {
    put('calls', CALLS);
    reserve(shell, 'calls', 2);
    const all = [invoke('calls'), invoke('calls'), invoke('calls')];
    expect(runtime.free('calls')).toBe(0);
    const answers = await Promise.all(all);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'throttled']);
    expect(new Set(answers.map((answer) => 'instanceId' in answer && answer.instanceId)).size).toBe(3);
    expect(runtime.free('calls')).toBe(2);
  });

  test('what is not reserved is shared by the functions without a reservation', async () => {
    runtime.stop();
    runtime = newRuntime({ accountInstances: 5 });
    for (const name of ['one', 'two', 'three']) put(name, CALLS);
    reserve(shell, 'three', 3);
    expect(['one', 'two', 'three'].map(runtime.free)).toEqual([2, 2, 3]);
    const busy = [invoke('one'), invoke('three')];
    expect(['one', 'two', 'three'].map(runtime.free)).toEqual([1, 1, 2]);
    await Promise.all(busy);
  });

  test('a reservation of none throttles every event', async () => {
    put('calls', CALLS);
    reserve(shell, 'calls', 0);
    expect(await invoke('calls')).toEqual({ outcome: 'throttled' });
  });

  test('whoever waits for room hears of it', async () => {
    put('calls', CALLS);
    let heard = 0;
    const end = runtime.onFree(() => {
      heard += 1;
    });
    await invoke('calls');
    expect(heard).toBe(1);
    end();
    await invoke('calls');
    expect(heard).toBe(1);
  });
});

describe('handlers of an instance’s life', () => {
  const files = {
    'index.js': `let ready = 'no';
      exports.initialize = async (context) => { ready = context.function.name; };
      exports.refuse = async () => { throw new Error('not today'); };
      exports.stop = async (context) => { console.log('stopping ' + context.requestId.length); };
      exports.handler = async () => ready;`,
  };

  test('the initializer runs once, before the first event', async () => {
    deploy(shell, 'ready', files, { initializer: { handler: 'index.initialize', timeoutSeconds: 3 } });
    expect([await text('ready'), await text('ready')]).toEqual(['ready', 'ready']);
    expect(runtime.logs('ready').filter((line) => line.startsWith('FC Initialize Start'))).toHaveLength(1);
  });

  test('one that fails ends the instance and the invocation', async () => {
    deploy(shell, 'ready', files, { initializer: { handler: 'index.refuse', timeoutSeconds: 3 } });
    const first = await invoke('ready');
    expect(first).toMatchObject({ outcome: 'failed', initializing: true, errorMessage: 'not today' });
    const second = await invoke('ready');
    expect('instanceId' in second && 'instanceId' in first && second.instanceId !== first.instanceId).toBe(true);
    expect(runtime.logs('ready').filter((line) => line.startsWith('FC Invoke Start'))).toEqual([]);
  });

  test('the preStop runs when a function’s change takes an instance away', async () => {
    deploy(shell, 'ready', files, { preStop: { handler: 'index.stop', timeoutSeconds: 3 } });
    await text('ready');
    put('ready', 'return 1;', { revision: 2 });
    await soon(() => runtime.logs('ready').some((line) => line.startsWith('FC PreStop End')));
    expect(runtime.logs('ready')).toContainEqual(expect.stringMatching(/\[info\] stopping 36$/));
  });
});

describe('records that change', () => {
  test('a new revision is run at once; the event of an old instance ends, and then the instance', async () => {
    put('worker', "await new Promise((resolve) => setTimeout(resolve, 300)); return 'old ' + process.pid;");
    const old = text('worker');
    await soon(() => runtime.logs('worker').length > 0);
    put('worker', "return 'new';", { revision: 2 });
    expect(await text('worker')).toBe('new');
    const [, pid] = (await old).split(' ');
    await soon(() => !isRunning(Number(pid)));
    expect(isRunning(Number(pid))).toBe(false);
  });

  test('a new environment is a new instance, with the same code', async () => {
    put('worker', 'return process.env.STAGE + calls;', { environment: { STAGE: 'a' } });
    expect(await text('worker')).toBe('a1');
    put('worker', 'return process.env.STAGE + calls;', { environment: { STAGE: 'b' }, revision: 2 });
    expect(await text('worker')).toBe('b1');
  });

  test('a function that is gone takes no event; the one under way ends', async () => {
    put('worker', "await new Promise((resolve) => setTimeout(resolve, 200)); return 'done';");
    const last = text('worker');
    shell.write([{ collection: 'fc.functions', key: 'worker', value: undefined }]);
    expect(await invoke('worker')).toMatchObject({ errorType: 'FunctionNotFound' });
    expect([...runtime.pools.keys()]).toEqual([]);
    expect(await last).toBe('done');
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('logs', () => {
  const LOGS = `console.log('plain %s', 'text'); context.logger.warn('careful'); process.stdout.write('no end of line'); return '';`;

  test("lines carry Function Compute's framing, time, request and level, and are the answer's", async () => {
    put('logs', LOGS);
    await invoke('logs', '', { requestId: 'r-8' });
    const answer = await invoke('logs', '', { requestId: 'r-9' });
    const time = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z';
    const expected = [
      'FC Invoke Start RequestId: r-9',
      expect.stringMatching(new RegExp(`^${time} r-9 \\[info\\] plain text$`)),
      expect.stringMatching(new RegExp(`^${time} r-9 \\[warn\\] careful$`)),
      'no end of lineFC Invoke End RequestId: r-9',
    ];
    expect(answer.outcome === 'answered' && answer.log).toEqual(expected);
    expect(runtime.logs('logs').slice(4)).toEqual(expected);
  });

  test('of a long log the answer has the end', async () => {
    put('long', "for (let at = 0; at < 500; at += 1) console.log('line ' + at);");
    const answer = await invoke('long');
    const log = answer.outcome === 'answered' ? answer.log : [];
    expect(log.at(-2)).toMatch(/line 499$/);
    expect(log.join('\n').length).toBeGreaterThan(4_000);
    expect(log.join('\n').length).toBeLessThan(4_300);
  });

  test('with a folder for it, each function has a log of its own there', async () => {
    const folder = join(built.path, 'logs');
    runtime.stop();
    runtime = newRuntime({ logFolder: folder });
    put('echo', 'return event;');
    await invoke('echo', '', { requestId: 'r-2' });
    expect(existsSync(join(folder, 'echo.log'))).toBe(true);
    expect(readFileSync(join(folder, 'echo.log'), 'utf8')).toBe(
      'FC Invoke Start RequestId: r-2\nFC Invoke End RequestId: r-2\n',
    );
  });

  test('a log whose folder is gone ends nothing but itself', async () => {
    const folder = join(built.path, 'gone');
    runtime.stop();
    runtime = newRuntime({ logFolder: folder });
    put('echo', 'return event;');
    await invoke('echo');
    rmSync(folder, { recursive: true });
    expect(await text('echo', 'still')).toBe('still');
    expect(runtime.logs('echo')).toContainEqual(
      expect.stringMatching(/^no more is written to the log's file: Error: ENOENT/),
    );
  });
});
