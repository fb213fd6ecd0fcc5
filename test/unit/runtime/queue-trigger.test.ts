import type { FunctionRuntime } from '../../../local/runtime/function-runtime';
import { startQueueTrigger } from '../../../local/runtime/queue-trigger';
import { retryTiming } from '../../../local/runtime/retry';
import type { WorldShell } from '../../../local/runtime/world-shell';
import {
  type Bundles,
  bodiesIn,
  CALLER,
  definition,
  newRuntime,
  newShell,
  REGION,
  sendText,
  smqCall,
  soon,
  when,
  writeBundles,
} from './runtime-harness';

/** Ten to twenty seconds of the cloud's time are 10 to 20 ms. */
const RATE = 1_000;

let bundles: Bundles;
let shell: WorldShell;
let runtime: FunctionRuntime;
let triggers: { stop(): void }[];
let lines: string[];

/** What a handler was given it appends to its log, which the test reads. */
const NOTE = "const message = JSON.parse(event)[0]; console.log('got ' + message.data.messageBody);";

beforeAll(() => {
  bundles = writeBundles({
    work: `${NOTE} return '';`,
    poisoned: `${NOTE} if (message.data.messageBody === 'bad') throw new Error('poison'); return '';`,
    whole: "console.log('event ' + event.toString()); return '';",
    slow: `${NOTE} await new Promise((resolve) => setTimeout(resolve, 150)); return '';`,
    dies: `${NOTE} if (message.data.messageBody === 'die') process.exit(1); return '';`,
    hangs: `${NOTE} await new Promise(() => {});`,
    other: 'await new Promise((resolve) => setTimeout(resolve, 100)); return "";',
  });
});
afterAll(() => bundles.remove());
beforeEach(() => start());
afterEach(() => stop());

function start(restored?: WorldShell): void {
  lines = [];
  triggers = [];
  shell = newShell({ rate: RATE, ...(restored ? { restored: [...restored.world.state.snapshot()] } : {}) });
  const names = ['work', 'poisoned', 'whole', 'slow', 'dies', 'hangs', 'other'];
  runtime = newRuntime(
    shell,
    bundles,
    names.map((name) => definition(name, { maximumInstances: 1 })),
  );
  for (const queue of ['jobs', 'dead'])
    smqCall<'CreateQueue'>(shell, { operation: 'CreateQueue', queue, attributes: { visibilityTimeout: 30 } });
}

function stop(): void {
  for (const trigger of triggers) trigger.stop();
  runtime.stop();
  shell.stop();
}

function deliverTo(name: string, deadLetterQueue = 'dead'): void {
  triggers.push(
    startQueueTrigger({
      shell,
      runtime,
      caller: CALLER,
      region: REGION,
      function: name,
      queue: 'jobs',
      deadLetterQueue,
      timing: retryTiming(RATE),
      log: (line) => lines.push(line),
    }),
  );
}

const emptied = () => when(shell, () => bodiesIn(shell, 'jobs').length === 0);

/** Bodies in the order in which the function had them. Lines come by a pipe of their own and may be later than the answer. */
const had = (name: string): string[] => runtime.logs(name).flatMap((line) => / got (.*)$/.exec(line)?.slice(1) ?? []);

describe('delivery', () => {
  test('what is there already, and what comes later, is delivered and deleted', async () => {
    sendText(shell, 'jobs', 'first');
    deliverTo('work');
    await emptied();
    sendText(shell, 'jobs', 'second');
    await emptied();
    await soon(() => had('work').length >= 2);
    expect(had('work')).toEqual(['first', 'second']);
  });

  test("the event is an array of one CloudEvent, as EventBridge's stream sends it", async () => {
    sendText(shell, 'jobs', '{"run":"r"}');
    deliverTo('whole');
    await emptied();
    const line = runtime.logs('whole').find((one) => one.includes(' event ')) ?? '';
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const id = expect.stringMatching(/^[0-9A-Z]{22}$/);
    expect(JSON.parse(line.slice(line.indexOf(' event ') + 7))).toEqual([
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

  test('a delayed message is delivered at its time, without another message to announce it', async () => {
    deliverTo('work');
    const due = shell.clock.now() + 40_000;
    sendText(shell, 'jobs', 'later', 40);
    await emptied();
    expect(shell.clock.now()).toBeGreaterThanOrEqual(due);
    await soon(() => had('work').length >= 1);
    expect(had('work')).toEqual(['later']);
  });

  test('a queue that is made after its trigger is found', async () => {
    smqCall<'DeleteQueue'>(shell, { operation: 'DeleteQueue', queue: 'jobs' });
    deliverTo('work');
    smqCall<'CreateQueue'>(shell, { operation: 'CreateQueue', queue: 'jobs', attributes: {} });
    sendText(shell, 'jobs', 'one');
    await emptied();
    await soon(() => had('work').length >= 1);
    expect(had('work')).toEqual(['one']);
  });

  test('a message that came while another trigger kept the function busy is delivered when it is free', async () => {
    deliverTo('other');
    const busy = runtime.invoke('other', Buffer.from(''));
    sendText(shell, 'jobs', 'patient');
    expect(runtime.pools.get('other')?.free()).toBe(0);
    await busy;
    await emptied();
  });

  test('a delivery that outlasts the visibility time-out of a fast cloud is not doubled', async () => {
    // 150 ms are 150 seconds there; the queue's time-out is 30, and the lease is renewed.
    deliverTo('slow');
    sendText(shell, 'jobs', 'long');
    await emptied();
    await soon(() => had('slow').length >= 1);
    expect(had('slow')).toEqual(['long']);
  });
});

describe('failure', () => {
  test('three tries 10 to 20 seconds apart, then the dead-letter queue', async () => {
    deliverTo('poisoned');
    const sent = shell.clock.now();
    sendText(shell, 'jobs', 'bad');
    await when(shell, () => bodiesIn(shell, 'dead').length === 1);
    expect(shell.clock.now() - sent).toBeGreaterThanOrEqual(20_000);
    await emptied();
    expect(bodiesIn(shell, 'dead')).toEqual(['bad']);
    await soon(() => had('poisoned').length >= 3);
    expect(had('poisoned')).toEqual(['bad', 'bad', 'bad']);
    expect(lines.slice(0, 3)).toEqual([
      'jobs: try 1 of 3 failed: Error: poison',
      'jobs: try 2 of 3 failed: Error: poison',
      'jobs: try 3 of 3 failed: Error: poison',
    ]);
  });

  test('a poisoned message never blocks those behind it, though the function has one instance', async () => {
    deliverTo('poisoned');
    for (const text of ['bad', 'good-1', 'good-2']) sendText(shell, 'jobs', text);
    await emptied();
    expect(bodiesIn(shell, 'dead')).toEqual(['bad']);
    await soon(() => had('poisoned').length >= 5);
    const order = had('poisoned');
    expect(order.filter((text) => text !== 'bad')).toEqual(['good-1', 'good-2']);
    expect(order.indexOf('good-1')).toBeLessThan(order.lastIndexOf('bad'));
  });

  test('an instance that dies is a failed try, and the next message has a new one', async () => {
    deliverTo('dies');
    sendText(shell, 'jobs', 'die');
    sendText(shell, 'jobs', 'live');
    await emptied();
    expect(bodiesIn(shell, 'dead')).toEqual(['die']);
    await soon(() => had('dies').includes('live'));
    expect(had('dies')).toContain('live');
  });

  test('without a dead-letter queue the loss is told', async () => {
    deliverTo('poisoned', 'nowhere');
    sendText(shell, 'jobs', 'bad');
    await emptied();
    expect(lines.at(-1)).toBe('nowhere: no such queue; the message is lost');
  });
});

describe('kills', () => {
  test('killing the instances in mid-delivery loses nothing', async () => {
    deliverTo('slow');
    sendText(shell, 'jobs', 'one');
    await soon(() => had('slow').length === 1);
    runtime.killAll();
    await emptied();
    expect(had('slow').at(-1)).toBe('one');
    expect(bodiesIn(shell, 'dead')).toEqual([]);
  });

  test('what a killed runtime was at is delivered by its next life at once, and once', async () => {
    deliverTo('hangs');
    sendText(shell, 'jobs', 'orphan');
    await soon(() => had('hangs').length === 1);
    stop();
    start(shell);
    expect(bodiesIn(shell, 'jobs')).toEqual(['orphan']);
    deliverTo('work');
    await emptied();
    await soon(() => had('work').length >= 1);
    expect(had('work')).toEqual(['orphan']);
    expect(shell.world.state.size('runtime.held-messages')).toBe(0);
  });
});
