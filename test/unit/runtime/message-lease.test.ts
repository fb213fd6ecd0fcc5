import { releaseHeld, startLease } from '../../../local/runtime/message-lease';
import { type QueueStream, queueStream } from '../../../local/runtime/queue-stream';
import { retryTiming } from '../../../local/runtime/retry';
import type { WorldShell } from '../../../local/runtime/world-shell';
import { CALLER, newShell, REGION, sendText, smqCall } from './runtime-harness';

/** Six of our seconds are 600 of the cloud's: a lease. */
const RATE = 100;

let shell: WorldShell;
let stream: QueueStream;
let stopped: boolean;

beforeEach(() => {
  jest.useFakeTimers({ now: 1_700_000_000_000 });
  stopped = false;
  shell = newShell({ rate: RATE });
  stream = queueStream({ shell, caller: CALLER, region: REGION, queue: 'jobs' });
  smqCall<'CreateQueue'>(shell, { operation: 'CreateQueue', queue: 'jobs', attributes: { visibilityTimeout: 30 } });
  sendText(shell, 'jobs', 'one');
});
afterEach(() => {
  shell.stop();
  jest.useRealTimers();
});

function lease() {
  const message = stream.receive();
  if (!message) throw new Error('nothing was received');
  return startLease({ shell, stream, queue: 'jobs', timing: retryTiming(RATE), stopped: () => stopped }, message);
}
const visibleInSeconds = () => ((stream.nextVisibleAt() ?? 0) - shell.clock.now()) / 1_000;

test('it outlasts the visibility time-out of the queue, for as long as the delivery takes', () => {
  const held = lease();
  expect(visibleInSeconds()).toBe(600);
  jest.advanceTimersByTime(3_600_000);
  expect(stream.receive()).toBeNull();
  stream.remove(held.receiptHandle());
  expect(stream.nextVisibleAt()).toBeNull();
});

test('ended without a removal it lapses, and the message is there again', () => {
  lease().end();
  jest.advanceTimersByTime(5_990);
  expect(stream.receive()).toBeNull();
  jest.advanceTimersByTime(10);
  expect(stream.receive()?.dequeueCount).toBe(2);
});

test('a stopped runtime renews nothing', () => {
  lease();
  stopped = true;
  jest.advanceTimersByTime(6_000);
  expect(stream.receive()?.dequeueCount).toBe(2);
});

test('what an earlier life held is given back a second later', () => {
  lease();
  stopped = true;
  releaseHeld({ shell, stream, queue: 'jobs' });
  expect(visibleInSeconds()).toBe(1);
});

test.each([
  ['has ended', () => lease().end(), 'delivered: its lease is nobody’s any more'],
  ['is of another queue', () => void lease(), 'two streams share the notes'],
])('a lease that %s is left alone', (_, hold) => {
  hold();
  releaseHeld({ shell, stream, queue: 'jobs-2' });
  releaseHeld({ shell, stream, queue: 'job' });
  expect(visibleInSeconds()).toBe(600);
});
