import {
  type OperationName,
  type Operations,
  type QueueAttributes,
  type SmqInput,
  type SmqOutput,
  smqRequest,
} from '../../../../local/world/smq/operations';
import { smq } from '../../../../local/world/smq/service';
import { World } from '../../../../local/world/world';
import { epochMs } from '../../../../shared/clock';

const START = Date.UTC(2026, 10, 22, 12);
const caller = { accountId: '1', accessKeyId: 'id', roleArn: null };

function setUp(attributes: Partial<QueueAttributes> = {}) {
  const world = new World({ seed: 's', accountId: '1', region: 'us-east-1', quotas: {}, durationFactor: 1 }, { smq });
  const clock = { now: START };
  const done = <K extends OperationName>(operation: K, input: Operations[K]['input']): Operations[K]['result'] => {
    const request = smqRequest(caller, { operation, ...input } as unknown as SmqInput);
    const output = world.handle(epochMs(clock.now), request).response.output as SmqOutput<K>;
    if (!output.ok) throw new Error(`${output.status} ${output.code}: ${output.message}`);
    return output.result;
  };
  const createQueue = (queue: string, given: Partial<QueueAttributes> = {}) =>
    done('CreateQueue', { queue, attributes: given });
  createQueue('q', attributes);
  const send = (body: string, more: { delaySeconds?: number; priority?: number } = {}) =>
    done('SendMessages', { queue: 'q', messages: [{ body, delaySeconds: null, priority: null, ...more }] });
  const receive = (count = 16, queue = 'q') => done('ReceiveMessages', { queue, count, waitSeconds: null });
  const bodies = (count = 16, queue = 'q') => receive(count, queue).messages.map(({ body }) => body);
  return { world, clock, done, createQueue, send, receive, bodies };
}

test('lower priority numbers go first, then what was sent earlier', () => {
  const { send, bodies } = setUp();
  send('first');
  send('urgent', { priority: 1 });
  send('second');
  send('idle', { priority: 16 });
  expect(bodies(3)).toEqual(['urgent', 'first', 'second']);
  expect(bodies()).toEqual(['idle']);
});

test('an empty answer says when the next message can be received', () => {
  const { clock, send, receive } = setUp({ visibilityTimeout: 60 });
  expect(receive()).toMatchObject({ messages: [], nextVisibleAt: null, waitUntil: START });
  send('later', { delaySeconds: 20 });
  expect(receive().nextVisibleAt).toBe(START + 20_000);
  clock.now += 20_000;
  expect(receive().messages).toHaveLength(1);
  expect(receive().nextVisibleAt).toBe(START + 80_000);
});

test('the queue’s polling time is the wait where the call names none', () => {
  const { done, receive } = setUp({ pollingWaitSeconds: 7 });
  expect(receive().waitUntil).toBe(START + 7_000);
  expect(done('ReceiveMessages', { queue: 'q', count: 1, waitSeconds: 0 }).waitUntil).toBe(START);
});

test('a message is visible from the moment its timeout ends, not before', () => {
  const { clock, send, receive } = setUp({ visibilityTimeout: 30 });
  send('m');
  receive();
  clock.now += 29_999;
  expect(receive().messages).toEqual([]);
  clock.now += 1;
  expect(receive().messages[0]).toMatchObject({ dequeueCount: 2, firstDequeuedAt: START });
});

test('a receipt is void once the message is visible again, even if nobody took it', () => {
  const { clock, done, send, receive } = setUp({ visibilityTimeout: 30 });
  send('m');
  const handle = receive().messages[0]?.receiptHandle ?? '';
  clock.now += 30_000;
  expect(() => done('ChangeMessageVisibility', { queue: 'q', receiptHandle: handle, visibilityTimeout: 60 })).toThrow(
    /404 MessageNotExist/,
  );
});

test('changing the visibility gives a new receipt and voids the old', () => {
  const { clock, done, send, receive } = setUp({ visibilityTimeout: 30 });
  send('m');
  const handle = receive().messages[0]?.receiptHandle ?? '';
  clock.now += 1_000;
  const changed = done('ChangeMessageVisibility', { queue: 'q', receiptHandle: handle, visibilityTimeout: 600 });
  expect(changed.nextVisibleAt).toBe(START + 601_000);
  expect(done('DeleteMessages', { queue: 'q', receiptHandles: [handle] }).failures).toMatchObject([
    { code: 'MessageNotExist', receiptHandle: handle },
  ]);
  expect(done('DeleteMessages', { queue: 'q', receiptHandles: [changed.receiptHandle] }).failures).toEqual([]);
});

test('a delayed message can be deleted by the receipt of its sending', () => {
  const { clock, done, send, bodies } = setUp();
  const handle = send('m', { delaySeconds: 60 }).messages[0]?.receiptHandle ?? '';
  done('DeleteMessages', { queue: 'q', receiptHandles: [handle] });
  clock.now += 60_000;
  expect(bodies()).toEqual([]);
});

test('what has outlived its retention is gone, delivered or not', () => {
  const { clock, done, send, bodies } = setUp({ messageRetentionPeriod: 60 });
  send('m');
  clock.now += 60_000;
  expect(bodies()).toEqual([]);
  expect(done('GetQueueAttributes', { queue: 'q' }).activeMessages).toBe(0);
});

test('a message received too often goes to the dead-letter queue, with its count', () => {
  const policy = { enabled: true, targetQueue: 'dead', maxReceiveCount: 2 };
  const { clock, createQueue, send, bodies, receive } = setUp({ visibilityTimeout: 30, deadLetterPolicy: policy });
  createQueue('dead');
  send('poison');
  for (const expected of [['poison'], ['poison'], []]) {
    expect(bodies()).toEqual(expected);
    clock.now += 30_000;
  }
  expect(receive(1, 'dead').messages[0]).toMatchObject({ body: 'poison', dequeueCount: 3 });
});

test('without its dead-letter queue a message is delivered again', () => {
  const policy = { enabled: true, targetQueue: 'missing', maxReceiveCount: 1 };
  const { clock, send, bodies } = setUp({ visibilityTimeout: 30, deadLetterPolicy: policy });
  send('m');
  expect(bodies()).toEqual(['m']);
  clock.now += 30_000;
  expect(bodies()).toEqual(['m']);
});

test('messages are counted as visible, taken and delayed', () => {
  const { done, send, receive } = setUp();
  for (const body of ['a', 'b', 'c']) send(body);
  send('d', { delaySeconds: 9 });
  receive(1);
  expect(done('GetQueueAttributes', { queue: 'q' })).toMatchObject({
    activeMessages: 2,
    inactiveMessages: 1,
    delayMessages: 1,
  });
});

test('peeking takes nothing', () => {
  const { done, send, bodies } = setUp();
  send('m');
  expect(done('PeekMessages', { queue: 'q', count: 16 }).messages).toMatchObject([{ body: 'm', dequeueCount: 0 }]);
  expect(bodies()).toEqual(['m']);
});

test('queues are listed by prefix, a page at a time', () => {
  const { createQueue, done } = setUp();
  for (const name of ['b-2', 'a-1', 'b-1', 'b-3']) createQueue(name);
  const first = done('ListQueue', { prefix: 'b-', marker: '', limit: 2 });
  expect(first).toEqual({ queues: ['b-1', 'b-2'], nextMarker: 'b-3' });
  expect(done('ListQueue', { prefix: 'b-', marker: 'b-3', limit: 2 })).toEqual({ queues: ['b-3'], nextMarker: null });
});

test('a batch with one bad message sends none', () => {
  const { done, bodies } = setUp({ maximumMessageSize: 1_024 });
  const message = (body: string) => ({ body, delaySeconds: null, priority: null });
  expect(() => done('SendMessages', { queue: 'q', messages: [message('a'), message('b'.repeat(1_025))] })).toThrow(
    /400 InvalidArgument: The value of MessageBody should between 1 and 1024 bytes/,
  );
  expect(bodies()).toEqual([]);
});

test.each([
  ['17 messages', 17, /count of messages should between 1 and 16/],
  ['no message', 0, /count of messages should between 1 and 16/],
])('a batch of %s is refused', (_, count, message) => {
  const { done } = setUp();
  const messages = Array.from({ length: count }, () => ({ body: 'b', delaySeconds: null, priority: null }));
  expect(() => done('SendMessages', { queue: 'q', messages })).toThrow(message);
});

test('a queue that is deleted takes its messages along', () => {
  const { createQueue, done, send, bodies, world } = setUp();
  send('m');
  done('DeleteQueue', { queue: 'q' });
  createQueue('q');
  expect(bodies()).toEqual([]);
  expect(world.state.size('smq.messages/q')).toBe(0);
});
