import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { credentialIssuer } from '../../../local/runtime/function-credentials';
import type { FunctionRuntime } from '../../../local/runtime/function-runtime';
import type { WorldShell } from '../../../local/runtime/world-shell';
import { CREDENTIALS, findCredential } from '../../../local/world/sts/credentials';
import { epochMs } from '../../../shared/clock';
import {
  ACCOUNT_ID,
  type Bundles,
  definition,
  newRuntime,
  newShell,
  REGION,
  soon,
  writeBundles,
} from './runtime-harness';

let bundles: Bundles;
let shell: WorldShell;
let runtime: FunctionRuntime;

const HANDLERS = {
  echo: 'return event;',
  calls: 'return { calls, pid: process.pid };',
  about: `const { logger, ...plain } = context; return { plain, env: process.env, buffer: Buffer.isBuffer(event), cwd: process.cwd(), levels: Object.keys(logger) };`,
  nothing: '',
  number: 'return 42;',
  throws: "throw new RangeError('too far');",
  string: "throw 'just text';",
  module: "require('not-there');",
  circular: 'const a = {}; a.a = a; return a;',
  exits: 'process.exit(3);',
  crashes: "setImmediate(() => { throw new Error('later'); }); await new Promise(() => {});",
  hangs: 'await new Promise(() => {});',
  spins: 'for (;;);',
  greedy: 'const all = []; for (;;) all.push(new Array(1e5).fill(calls));',
  chatty:
    "process.send({ hello: 1 }); process.send({ id: 99, ok: true, result: Buffer.from('forged') }); return 'mine';",
  logs: `console.log('plain %s', 'text'); context.logger.warn('careful'); process.stdout.write('no end of line'); return '';`,
};

/** 128 MB of old space is the least that holds Node's own things as well. */
const SPECIAL = { hangs: { timeoutSeconds: 0.2 }, spins: { timeoutSeconds: 0.2 } } as Record<string, object>;

beforeAll(() => {
  bundles = writeBundles({ ...HANDLERS });
});
afterAll(() => bundles.remove());
beforeEach(() => {
  shell = newShell();
  runtime = newRuntime(
    shell,
    bundles,
    [...Object.keys(HANDLERS), 'absent'].map((name) => definition(name, SPECIAL[name])),
  );
});
afterEach(() => {
  runtime.stop();
  shell.stop();
});

const invoke = (name: string, event: string | Buffer = '', options = {}) =>
  runtime.invoke(name, Buffer.from(event), options);
const json = async (name: string, event = '', options = {}) => {
  const result = await invoke(name, event, options);
  if (!result.ok) throw new Error(result.errorMessage);
  return JSON.parse(result.result.toString());
};

describe('what a function is given', () => {
  test('the event is a Buffer, and a Buffer comes back byte for byte', async () => {
    const bytes = Buffer.from([0, 255, 10, 128, 195]);
    expect(await invoke('echo', bytes)).toEqual({ ok: true, result: bytes });
  });

  test("the context is Function Compute's", async () => {
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

  test("the environment is Function Compute's and the project's, and nothing of ours", async () => {
    const { env, plain, cwd } = await json('about');
    const { accessKeyId, accessKeySecret, securityToken } = plain.credentials;
    const { NODE_CHANNEL_FD, NODE_CHANNEL_SERIALIZATION_MODE, ...rest } = env;
    expect(rest).toEqual({
      TZ: 'UTC',
      FC_FUNC_CODE_PATH: `${join(bundles.folder, 'functions', 'about')}/`,
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
      ALIBABA_CLOUD_SECURITY_TOKEN: securityToken,
      FC_ACCOUNT_ID: '1234567890123456',
      FC_REGION: REGION,
      FC_FUNCTION_NAME: 'about',
      FC_FUNCTION_HANDLER: 'index.handler',
      FC_FUNCTION_MEMORY_SIZE: '128',
      FC_INSTANCE_ID: expect.stringMatching(/^c-/),
      TRUNKLINE_TIMEOUT_SECONDS: '10',
      TRUNKLINE_DEPLOYMENT: 'test',
    });
    expect(cwd).toBe(join(bundles.folder, 'functions', 'about'));
  });

  test('its credentials are of its role, and the wire finds them', async () => {
    const { accessKeyId, accessKeySecret, securityToken } = (await json('about')).plain.credentials;
    expect(findCredential(shell.world.state, accessKeyId, shell.clock.now())).toMatchObject({
      secret: accessKeySecret,
      securityToken,
      roleArn: 'acs:ram::1234567890123456:role/trunkline-about',
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
    const slow = definition('echo', { timeoutSeconds: 300 });
    const first = issue(slow);
    now = epochMs(start + hours * 3_600_000);
    expect(issue(slow).accessKeyId === first.accessKeyId).toBe(same);
  });

  test('expired credentials of a role are forgotten when new ones are made', async () => {
    const past = epochMs(shell.clock.now() - 1_000);
    const roleArn = 'acs:ram::1234567890123456:role/trunkline-echo';
    for (const [key, role] of Object.entries({ old: roleArn, other: 'acs:ram::1234567890123456:role/trunkline-calls' }))
      shell.write([{ collection: CREDENTIALS, key, value: { accessKeyId: key, roleArn: role, expiresAt: past } }]);
    await invoke('echo');
    expect(shell.world.state.get(CREDENTIALS, 'old')).toBeUndefined();
    expect(shell.world.state.get(CREDENTIALS, 'other')).toBeDefined();
  });
});

describe('what comes back', () => {
  test.each([
    ['nothing', '', 'undefined is an empty body'],
    ['number', '42', 'anything else is text'],
    ['chatty', 'mine', 'messages of the handler’s own, and forged answers, are not the answer'],
  ])('%s gives %j: %s', async (name, expected) => {
    const result = await invoke(name);
    expect(result.ok && result.result.toString()).toBe(expected);
  });

  test.each([
    ['throws', 'RangeError', 'too far', 'an error by its name, its message and its stack'],
    ['string', 'Error', 'just text', 'whatever was thrown'],
    [
      'module',
      'ImportModuleError',
      expect.stringContaining("Cannot find module 'not-there'"),
      "the runtime's own name",
    ],
    ['circular', 'TypeError', expect.stringContaining('circular'), 'a result that is no JSON'],
  ])('%s fails as %s: %s: %s', async (name, errorType, errorMessage) => {
    expect(await invoke(name)).toEqual(
      expect.objectContaining({ ok: false, errorType, errorMessage, stackTrace: expect.any(Array) }),
    );
  });

  test('the stack begins with the error, as Node 20 there gives it', async () => {
    const result = await invoke('throws');
    expect(result.ok ? [] : result.stackTrace.slice(0, 2)).toEqual([
      'RangeError: too far',
      expect.stringMatching(/^ {4}at /),
    ]);
  });
});

describe('an instance that goes', () => {
  test.each([
    ['absent', 'ProcessExited', 'Process exited unexpectedly before completing request'],
    ['exits', 'ProcessExited', 'Process exited unexpectedly before completing request'],
    ['crashes', 'ProcessExited', 'Process exited unexpectedly before completing request'],
    ['greedy', 'ProcessExited', 'Process exited unexpectedly before completing request'],
    ['hangs', 'FunctionTimeout', 'Function time out after 0.2s'],
    ['spins', 'FunctionTimeout', 'Function time out after 0.2s'],
  ])('%s: %s', async (name, errorType, errorMessage) => {
    expect(await invoke(name)).toEqual({ ok: false, errorType, errorMessage, stackTrace: [] });
    // The next event finds another instance, which goes the same way and not at once.
    expect(await invoke(name)).toMatchObject({ errorType });
  });

  test('killing all of them fails what they were at, and what waited runs on new ones', async () => {
    const warm = await json('calls');
    const held = [invoke('hangs'), invoke('hangs')];
    runtime.killAll();
    for (const result of await Promise.all(held)) expect(result).toMatchObject({ errorType: 'ProcessExited' });
    const fresh = await json('calls');
    expect(fresh.calls).toBe(1);
    expect(fresh.pid).not.toBe(warm.pid);
  });

  test('after a stop nothing is started any more', async () => {
    const waiting = [invoke('hangs'), invoke('hangs'), invoke('hangs')];
    runtime.stop();
    const [first, , third] = await Promise.all(waiting);
    expect(first).toMatchObject({ errorType: 'ProcessExited' });
    expect(third).toMatchObject({ errorType: 'RuntimeStopped' });
    expect(await invoke('echo')).toMatchObject({ errorType: 'RuntimeStopped' });
  });
});

describe('instances', () => {
  test('a warm one is used again', async () => {
    const first = await json('calls');
    expect(await json('calls')).toEqual({ calls: 2, pid: first.pid });
  });

  test('one event at a time each, at most the maximum of them, the rest waits its turn', async () => {
    const pool = runtime.pools.get('calls');
    const all = Promise.all(Array.from({ length: 6 }, () => json('calls')));
    expect([pool?.free(), pool?.queued()]).toEqual([0, 4]);
    const results = await all;
    expect(new Set(results.map(({ pid }) => pid)).size).toBe(2);
    expect(results.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThanOrEqual(12);
    expect([pool?.free(), pool?.queued()]).toEqual([2, 0]);
  });
});

describe('logs', () => {
  test("lines carry Function Compute's framing, time, request and level", async () => {
    await invoke('logs', '', { requestId: 'r-9' });
    await soon(() => runtime.logs('logs').length === 4);
    const time = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z';
    expect(runtime.logs('logs')).toEqual([
      'FC Invoke Start RequestId: r-9',
      expect.stringMatching(new RegExp(`^${time} r-9 \\[info\\] plain text$`)),
      expect.stringMatching(new RegExp(`^${time} r-9 \\[warn\\] careful$`)),
      'no end of lineFC Invoke End RequestId: r-9',
    ]);
  });
});

test('with a folder for it, each function has a log of its own there', async () => {
  const folder = join(bundles.folder, 'logs');
  runtime.stop();
  runtime = newRuntime(shell, bundles, [definition('echo')], folder);
  await invoke('echo', '', { requestId: 'r-2' });
  await soon(() => runtime.logs('echo').length === 2);
  expect(existsSync(join(folder, 'echo.log'))).toBe(true);
  expect(readFileSync(join(folder, 'echo.log'), 'utf8')).toBe(
    'FC Invoke Start RequestId: r-2\nFC Invoke End RequestId: r-2\n',
  );
});

test('a log whose folder is gone ends nothing but itself', async () => {
  const folder = join(bundles.folder, 'gone');
  runtime.stop();
  runtime = newRuntime(shell, bundles, [definition('echo')], folder);
  rmSync(folder, { recursive: true });
  expect(await invoke('echo', 'still')).toEqual({ ok: true, result: Buffer.from('still') });
  await soon(() => runtime.logs('echo').length >= 2);
  expect(runtime.logs('echo')).toContainEqual(
    expect.stringMatching(/^no more is written to the log's file: Error: ENOENT/),
  );
});
