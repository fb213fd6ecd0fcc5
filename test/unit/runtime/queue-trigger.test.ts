import { releaseHeld } from '../../../local/runtime/message-lease';
import { type QueueTrigger, type StreamTrigger, startQueueTrigger } from '../../../local/runtime/queue-trigger';
import type { WorldShell } from '../../../local/runtime/world-shell';
import type { InvocationAnswer } from '../../../local/wire/invoke';
import { ASYNC_INVOCATIONS, FUNCTIONS, type TriggerKind } from '../../../local/world/fc/records';
import {
  ACCOUNT_ID,
  answered,
  atRest,
  bodiesIn,
  failedWith,
  functionRecord,
  holdTime,
  type Invoked,
  makeQueue,
  makeRole,
  makeTrigger,
  newShell,
  PLACE,
  passingTime,
  roleArn,
  type ScriptedRuntime,
  scriptedRuntime,
  sendText,
  smqCall,
} from './runtime-harness';

const RATE = 1_000;

let shell: WorldShell;
let runtime: ScriptedRuntime;
let timing: ReturnType<typeof passingTime>;
let triggers: QueueTrigger[];
let lines: string[];
let stopped: boolean;

beforeEach(() => {
  holdTime();
  live(newShell({ rate: RATE }));
  for (const queue of ['jobs', 'dead']) makeQueue(shell, queue);
  shell.write([{ collection: FUNCTIONS, key: 'work', value: functionRecord('work') }]);
});
afterEach(() => {
  end();
  jest.useRealTimers();
});

function live(next: WorldShell): void {
  shell = next;
  lines = [];
  triggers = [];
  stopped = false;
  timing = passingTime(RATE);
}

function end(): void {
  stopped = true;
  for (const trigger of triggers) trigger.close();
  shell.stop();
}

type Stream = Extract<TriggerKind, { type: 'eventbridge' }>;

const STREAM: Stream = {
  type: 'eventbridge',
  enabled: true,
  queue: 'jobs',
  base64Decode: true,
  asynchronous: false,
  schema: 'CloudEvents',
  batchSize: 1,
  retry: 'BACKOFF_RETRY',
  errorsTolerance: 'ALL',
  deadLetterQueue: 'dead',
};

interface Started {
  answer?: (bodies: string[], invoked: Invoked) => InvocationAnswer | Promise<InvocationAnswer>;
  stream?: Partial<Stream>;
  role?: string | null;
  instances?: number;
}

function start({ answer = () => answered(), stream = {}, role = null, instances = 1 }: Started = {}): QueueTrigger {
  runtime = scriptedRuntime((invoked) => answer(bodiesOf(invoked), invoked), instances);
  const record = makeTrigger(shell, 'work', { ...STREAM, ...stream }, { invocationRole: role }) as StreamTrigger;
  const log = (line: string) => void lines.push(line);
  const trigger = startQueueTrigger({ shell, runtime, ...PLACE, timing, stopped: () => stopped, log }, record);
  triggers.push(trigger);
  return trigger;
}

const bodiesOf = ({ event }: Pick<Invoked, 'event'>): string[] =>
  JSON.parse(event).map((item: { data?: { messageBody: string }; messageBody?: string }) =>
    item.data ? item.data.messageBody : item.messageBody,
  );
const had = () => runtime.invoked.map(bodiesOf);
const poison = (bodies: string[]) => (bodies.includes('bad') ? failedWith('Error', 'poison') : answered());

describe('delivery', () => {
  test('what is there already, and what comes later, is delivered and deleted', async () => {
    sendText(shell, 'jobs', 'first');
    start();
    await atRest();
    sendText(shell, 'jobs', 'second');
    await atRest();
    expect(had()).toEqual([['first'], ['second']]);
    expect(bodiesIn(shell, 'jobs')).toEqual([]);
  });

  test("the event is an array of one CloudEvent, as EventBridge's stream sends it", async () => {
    sendText(shell, 'jobs', '{"run":"r"}');
    start();
    await atRest();
    const time = '2023-11-14T22:13:20Z';
    const id = expect.stringMatching(/^[0-9A-Z]{22}$/);
    expect(JSON.parse(runtime.invoked[0]?.event ?? '')).toEqual([
      {
        id,
        source: 'acs.mns',
        specversion: '1.0',
        type: 'mns:Queue:SendMessage',
        datacontenttype: 'application/json; charset=utf-8',
        subject: 'acs:mns:us-east-1:1234567890123456:queues/jobs',
        time,
        aliyunaccountid: '1234567890123456',
        aliyunoriginalaccountid: '1234567890123456',
        aliyunpublishtime: time,
        aliyuneventbusname: 'default',
        aliyunregionid: 'us-east-1',
        data: { requestId: id, messageId: id, messageBody: '{"run":"r"}' },
      },
    ]);
  });

  test('RawData is the data alone, and without IsBase64Decode the body as it was sent', async () => {
    sendText(shell, 'jobs', 'plain');
    start({ stream: { schema: 'RawData', base64Decode: false } });
    await atRest();
    expect(JSON.parse(runtime.invoked[0]?.event ?? '')).toEqual([
      { requestId: expect.any(String), messageId: expect.any(String), messageBody: 'cGxhaW4=' },
    ]);
  });

  test('a batch has as many as are there, up to its size', async () => {
    for (const text of ['a', 'b', 'c']) sendText(shell, 'jobs', text);
    start({ stream: { batchSize: 2 } });
    await atRest();
    expect(had()).toEqual([['a', 'b'], ['c']]);
    expect(bodiesIn(shell, 'jobs')).toEqual([]);
  });

  test('a delayed message is delivered at its time, without another message to announce it', async () => {
    start();
    sendText(shell, 'jobs', 'later', 40);
    jest.advanceTimersByTime(39);
    await atRest();
    expect(had()).toEqual([]);
    jest.advanceTimersByTime(1);
    await atRest();
    expect(had()).toEqual([['later']]);
  });

  test('a queue that is made after its trigger is found', async () => {
    smqCall<'DeleteQueue'>(shell, { operation: 'DeleteQueue', queue: 'jobs' });
    start();
    await atRest();
    makeQueue(shell, 'jobs');
    sendText(shell, 'jobs', 'one');
    await atRest();
    expect(had()).toEqual([['one']]);
  });

  test('as many at once as the function has instances, and the next as soon as one is free', async () => {
    const release: (() => void)[] = [];
    for (const text of ['a', 'b', 'c']) sendText(shell, 'jobs', text);
    start({ instances: 2, answer: () => new Promise((resolve) => release.push(() => resolve(answered()))) });
    await atRest();
    expect(had()).toEqual([['a'], ['b']]);
    release[0]?.();
    await atRest();
    expect(had()).toEqual([['a'], ['b'], ['c']]);
  });

  test('a throttled push was no try', async () => {
    let throttled = 20;
    start({
      answer: () => {
        throttled -= 1;
        return throttled >= 0 ? { outcome: 'throttled' } : answered();
      },
    });
    sendText(shell, 'jobs', 'one');
    await atRest();
    expect([bodiesIn(shell, 'jobs'), bodiesIn(shell, 'dead'), lines]).toEqual([[], [], []]);
  });

  test('an asynchronous stream hands over: the message goes when its event is accepted', async () => {
    start({ stream: { asynchronous: true } });
    sendText(shell, 'jobs', 'one');
    await atRest();
    expect([bodiesIn(shell, 'jobs'), runtime.invoked]).toEqual([[], []]);
    expect(shell.world.state.values(ASYNC_INVOCATIONS)).toMatchObject([{ functionName: 'work' }]);
  });
});

describe('failure', () => {
  test('three tries 10 to 20 seconds apart, then the dead-letter queue', async () => {
    start({ answer: poison });
    sendText(shell, 'jobs', 'bad');
    await atRest();
    expect(timing.waits).toEqual([15_000, 15_000]);
    expect([bodiesIn(shell, 'jobs'), bodiesIn(shell, 'dead')]).toEqual([[], ['bad']]);
    expect(lines).toEqual([
      'jobs: try 1 of 3 failed: Error: poison',
      'jobs: try 2 of 3 failed: Error: poison',
      'jobs: try 3 of 3 failed: Error: poison',
      expect.stringMatching(/^jobs: \w{22} goes to dead$/),
    ]);
  });

  test('exponential decay: 176 tries, after 1, 2, 4… up to 512 seconds', async () => {
    start({ answer: poison, stream: { retry: 'EXPONENTIAL_DECAY_RETRY' } });
    sendText(shell, 'jobs', 'bad');
    await atRest();
    expect(runtime.invoked).toHaveLength(176);
    expect(timing.waits.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 512].map((each) => each * 1_000));
    expect(bodiesIn(shell, 'dead')).toEqual(['bad']);
  });

  test('a batch is tried again whole, and its messages are dead letters one by one', async () => {
    for (const text of ['good', 'bad']) sendText(shell, 'jobs', text);
    start({ answer: poison, stream: { batchSize: 2 } });
    await atRest();
    expect(had()).toEqual([
      ['good', 'bad'],
      ['good', 'bad'],
      ['good', 'bad'],
    ]);
    expect(bodiesIn(shell, 'dead')).toEqual(['good', 'bad']);
  });

  test('a poisoned message never blocks those behind it, though the function has one instance', async () => {
    const waiting: (() => void)[] = [];
    timing.wait = () => new Promise((resolve) => waiting.push(resolve));
    for (const text of ['bad', 'good-1', 'good-2']) sendText(shell, 'jobs', text);
    start({ answer: poison });
    await atRest();
    expect(had()).toEqual([['bad'], ['good-1'], ['good-2']]);
    expect(bodiesIn(shell, 'jobs')).toEqual(['bad']);
    waiting[0]?.();
    await atRest();
    expect(had().at(-1)).toEqual(['bad']);
  });

  test('where errors are not tolerated the stream stops at it, and begins again with its trigger', async () => {
    const stream = { errorsTolerance: 'NONE' } as const;
    for (const text of ['bad', 'good']) sendText(shell, 'jobs', text);
    const blocked = start({ answer: poison, stream });
    await atRest();
    expect(had()).toEqual([['bad'], ['bad'], ['bad']]);
    expect([bodiesIn(shell, 'jobs'), bodiesIn(shell, 'dead')]).toEqual([['bad', 'good'], []]);
    expect(lines.at(-1)).toBe('jobs: the stream is blocked until its trigger changes');
    blocked.close();
    start({ stream });
    await atRest();
    expect(had()).toEqual([['good']]);
    // The lease of the one in front has to lapse: six real seconds.
    jest.advanceTimersByTime(6_000);
    await atRest();
    expect([had(), bodiesIn(shell, 'jobs')]).toEqual([[['good'], ['bad']], []]);
  });

  test.each([
    [null, expect.stringMatching(/^jobs: \w{22} is dropped$/)],
    ['nowhere', expect.stringMatching(/^jobs: \w{22} is lost: nowhere did not take it: QueueNotExist: /)],
  ])('with %s for a dead-letter queue the loss is told', async (deadLetterQueue, line) => {
    start({ answer: poison, stream: { deadLetterQueue } });
    sendText(shell, 'jobs', 'bad');
    await atRest();
    expect([bodiesIn(shell, 'jobs'), lines.at(-1)]).toEqual([[], line]);
  });
});

describe('the stream’s role', () => {
  test('is enough where it may all that a stream does', async () => {
    start({ role: makeRole(shell, 'stream', 'eventbridge.aliyuncs.com') });
    sendText(shell, 'jobs', 'one');
    await atRest();
    expect([had(), bodiesIn(shell, 'jobs'), lines]).toEqual([[['one']], [], []]);
  });

  test.each([
    [
      'that may nothing',
      () => makeRole(shell, 'stream', 'eventbridge.aliyuncs.com', ''),
      `jobs: acs:ram::${ACCOUNT_ID}:role/stream may not ReceiveMessages`,
    ],
    [
      'that does not trust EventBridge',
      () => makeRole(shell, 'stream', 'fc.aliyuncs.com'),
      expect.stringContaining('does not trust eventbridge.aliyuncs.com'),
    ],
    ['that is gone', () => roleArn('gone'), expect.stringContaining('does not exist')],
  ])('%s starts nothing, and is told once', async (_, role, line) => {
    sendText(shell, 'jobs', 'one');
    start({ role: role() });
    await atRest();
    jest.advanceTimersByTime(10_000);
    await atRest();
    expect([runtime.invoked, bodiesIn(shell, 'jobs'), lines]).toEqual([[], ['one'], [line]]);
  });
});

describe('the end', () => {
  test('a trigger that is closed takes nothing more, and what is under way ends', async () => {
    let release: () => void = () => undefined;
    const trigger = start({ answer: () => new Promise((resolve) => (release = () => resolve(answered()))) });
    for (const text of ['one', 'two']) sendText(shell, 'jobs', text);
    await atRest();
    trigger.close();
    release();
    await atRest();
    expect([had(), bodiesIn(shell, 'jobs')]).toEqual([[['one']], ['two']]);
  });

  test('what a killed runtime was at is delivered by its next life a second later, and once', async () => {
    start({ answer: () => new Promise(() => undefined) });
    sendText(shell, 'jobs', 'orphan');
    await atRest();
    end();
    live(newShell({ rate: RATE, restored: [...shell.world.state.snapshot()] }));
    expect(bodiesIn(shell, 'jobs')).toEqual(['orphan']);
    releaseHeld({ shell, accountId: ACCOUNT_ID });
    start();
    jest.advanceTimersByTime(1);
    await atRest();
    expect(had()).toEqual([['orphan']]);
    expect(shell.world.state.size('runtime.held-messages')).toBe(0);
  });
});
