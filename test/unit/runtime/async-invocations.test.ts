import { acceptedEvent, FAILURES, startAsyncInvocations } from '../../../local/runtime/async-invocations';
import type { WorldShell } from '../../../local/runtime/world-shell';
import type { InvocationAnswer } from '../../../local/wire/invoke';
import { ASYNC_CONFIGS, ASYNC_INVOCATIONS, type AsyncConfigRecord, FUNCTIONS } from '../../../local/world/fc/records';
import {
  ACCOUNT_ID,
  answered,
  atRest,
  bodiesIn,
  failedWith,
  functionRecord,
  holdTime,
  makeQueue,
  makeRole,
  newShell,
  PLACE,
  passingTime,
  type ScriptedRuntime,
  scriptedRuntime,
} from './runtime-harness';

const RATE = 1_000;
const DEAD = `acs:mns:us-east-1:${ACCOUNT_ID}:/queues/dead/messages`;
const AFTER = `acs:fc:us-east-1:${ACCOUNT_ID}:functions/after`;

let shell: WorldShell;
let runtime: ScriptedRuntime;
let timing: ReturnType<typeof passingTime>;
let lines: string[];
let stop: () => void;

beforeEach(() => {
  holdTime();
  shell = newShell({ rate: RATE });
  lines = [];
  stop = () => undefined;
  makeQueue(shell, 'dead');
  deployed('work', makeRole(shell, 'worker', 'fc.aliyuncs.com'));
  deployed('after', null);
});
afterEach(() => {
  stop();
  shell.stop();
  jest.useRealTimers();
});

const deployed = (name: string, role: string | null) =>
  shell.write([{ collection: FUNCTIONS, key: name, value: functionRecord(name, { role }) }]);

const configure = (changes: Partial<AsyncConfigRecord>) =>
  shell.write([
    {
      collection: ASYNC_CONFIGS,
      key: 'work',
      value: { maximumRetries: 3, maximumAgeSeconds: 86_400, onSuccess: null, onFailure: null, ...changes },
    },
  ]);

function start(answer: (count: number) => InvocationAnswer | Promise<InvocationAnswer>, instances = 100): void {
  runtime = scriptedRuntime((_, count) => answer(count), instances);
  timing = passingTime(RATE);
  let stopped = false;
  const log = (line: string) => void lines.push(line);
  const end = startAsyncInvocations({ shell, runtime, ...PLACE, timing, stopped: () => stopped, log });
  stop = () => {
    stopped = true;
    end();
  };
}

const accept = (text: string, name = 'work') =>
  shell.write([acceptedEvent(shell, name, Buffer.from(text), `r-${text}`)]);
const pending = () => shell.world.state.size(ASYNC_INVOCATIONS);
const destined = (queue = 'dead') => bodiesIn(shell, queue).map((body) => JSON.parse(body));

test('what is accepted is invoked once, and forgotten', async () => {
  start(() => answered());
  accept('a');
  await atRest();
  expect(runtime.invoked).toEqual([{ name: 'work', event: 'a', retryCount: 0, requestId: 'r-a' }]);
  expect(pending()).toBe(0);
});

describe('a function that fails', () => {
  test.each<[number | undefined, number, number[], string]>([
    [undefined, 4, [1_000, 2_000, 4_000], 'three times more where nothing is configured'],
    [0, 1, [], 'not again'],
    [1, 2, [1_000], 'as often as configured'],
  ])('with %s retries is invoked %d times: %s', async (maximumRetries, times, waits) => {
    if (maximumRetries !== undefined) configure({ maximumRetries });
    start(() => failedWith('TypeError'));
    accept('a');
    await atRest();
    expect(runtime.invoked.map(({ retryCount }) => retryCount)).toEqual([0, 1, 2, 3].slice(0, times));
    expect(new Set(runtime.invoked.map(({ requestId }) => requestId))).toEqual(new Set(['r-a']));
    expect(timing.waits).toEqual(waits);
    expect([pending(), shell.world.state.size(FAILURES)]).toEqual([0, 0]);
    expect(lines.at(-1)).toBe('work: the event r-a is given up: RetriesExhausted');
  });

  test('is not given up where a later try succeeds', async () => {
    configure({ onFailure: DEAD });
    start((count) => (count < 3 ? failedWith('TypeError') : answered()));
    accept('a');
    await atRest();
    expect([runtime.invoked.length, pending(), destined()]).toEqual([3, 0, []]);
  });
});

describe('a throttled event', () => {
  test('was no try: it backs off from half a second, doubling', async () => {
    start((count) => (count < 5 ? { outcome: 'throttled' } : answered()));
    accept('a');
    await atRest();
    expect(timing.waits).toEqual([500, 1_000, 2_000, 4_000]);
    expect(runtime.invoked.map(({ retryCount }) => retryCount)).toEqual([0, 0, 0, 0, 0]);
    expect(pending()).toBe(0);
  });

  test('is given up at the age limit, to the destination of what failed', async () => {
    configure({ maximumAgeSeconds: 60, onFailure: DEAD });
    start(() => ({ outcome: 'throttled' }));
    accept('a');
    await atRest();
    // 0.5 + 1 + … + 32 s is 63.5.
    expect(timing.waits.at(-1)).toBe(32_000);
    expect(destined()).toMatchObject([
      { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 }, requestPayload: 'a' },
    ]);
    expect(pending()).toBe(0);
  });
});

describe('destinations', () => {
  test('a queue is told what failed, by the function’s role', async () => {
    configure({ maximumRetries: 0, onFailure: DEAD });
    start(() => failedWith('TypeError', 'no such thing'));
    accept('a');
    await atRest();
    expect(destined()).toEqual([
      {
        timestamp: '2023-11-14T22:13:20.000Z',
        requestContext: {
          requestId: 'r-a',
          functionArn: 'acs:fc:us-east-1:1234567890123456:functions/work',
          condition: 'RetriesExhausted',
          approximateInvokeCount: 1,
        },
        requestPayload: 'a',
        responseContext: { statusCode: 200, functionError: 'UnhandledInvocationError' },
        responsePayload: '{"errorMessage":"no such thing","errorType":"TypeError","stackTrace":[]}',
      },
    ]);
  });

  test('a function is invoked with what succeeded', async () => {
    configure({ onSuccess: AFTER });
    start(() => answered('well'));
    accept('a');
    await atRest();
    expect(runtime.invoked.map(({ name }) => name)).toEqual(['work', 'after']);
    expect(JSON.parse(runtime.invoked[1]?.event ?? '')).toMatchObject({
      requestContext: { condition: '', approximateInvokeCount: 1 },
      responseContext: { statusCode: 200, functionError: '' },
      responsePayload: 'well',
    });
    expect(pending()).toBe(0);
  });

  test.each([
    [
      'that is missing',
      DEAD.replace('dead', 'gone'),
      'worker',
      'QueueNotExist: The queue name you provided is not exist.',
    ],
    ['that the role may not send to', DEAD, 'idle', expect.stringMatching(/^AccessDenied: /)],
    ['for which there is no role', DEAD, '', 'the function has no role to send it with'],
  ])('a queue %s is told in the log, and the event is forgotten', async (_, onFailure, role, why) => {
    deployed('work', role === '' ? null : makeRole(shell, role, 'fc.aliyuncs.com', role === 'idle' ? '' : undefined));
    configure({ maximumRetries: 0, onFailure });
    start(() => failedWith('TypeError'));
    accept('a');
    await atRest();
    const [, said] = /did not take what became of its event: (.*)$/.exec(lines.at(-1) ?? '') ?? [];
    expect(said).toEqual(why);
    expect([pending(), destined()]).toEqual([0, []]);
  });
});

describe('another life', () => {
  test('goes on with what was under way, and with the tries that are left', async () => {
    let release: (answer: InvocationAnswer) => void = () => undefined;
    start((count) => (count < 3 ? failedWith('TypeError') : new Promise((resolve) => (release = resolve))));
    accept('a');
    await atRest();
    stop();
    release(answered());
    await atRest();
    expect(pending()).toBe(1);
    const restored = [...shell.world.state.snapshot()];
    shell.stop();
    shell = newShell({ rate: RATE, restored });
    start(() => failedWith('TypeError'));
    await atRest();
    expect(runtime.invoked.map(({ retryCount }) => retryCount)).toEqual([2, 3]);
    expect(pending()).toBe(0);
  });

  test('what the end of the runtime refused is kept', async () => {
    start(() => failedWith('RuntimeStopped'));
    accept('a');
    await atRest();
    expect([runtime.invoked.length, pending()]).toEqual([1, 1]);
  });
});

test('an event of a function that is gone is dropped', async () => {
  start(() => answered());
  accept('a', 'never');
  await atRest();
  expect([runtime.invoked, pending()]).toEqual([[], 0]);
  expect(lines).toEqual(['never: no such function; its event r-a is dropped']);
});
