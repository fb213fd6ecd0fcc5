import { releaseHeld, startLease } from '../../../local/runtime/message-lease';
import { type QueueStream, queueStream } from '../../../local/runtime/queue-stream';
import { retryTiming } from '../../../local/runtime/retry';
import type { WorldShell } from '../../../local/runtime/world-shell';
import { ACCOUNT_ID, CALLER, newShell, REGION, sendText, smqCall } from './runtime-harness';

/** Six of our seconds are 600 of the cloud's: a lease. */
const RATE = 100;

let shell: WorldShell;
let stream: QueueStream;
let stopped: boolean;

beforeEach(() => {
  jest.useFakeTimers({ now: 1_700_000_000_000 });
  stopped = false;
  shell = newShell({ rate: RATE });
  const log = () => undefined;
  stream = queueStream({
    shell,
    caller: CALLER,
    region: REGION,
    queue: 'jobs',
    base64Decode: true,
    schema: 'CloudEvents',
    log,
  });
  smqCall<'CreateQueue'>(shell, { operation: 'CreateQueue', queue: 'jobs', attributes: { visibilityTimeout: 30 } });
  sendText(shell, 'jobs', 'one');
});
afterEach(() => {
  shell.stop();
  jest.useRealTimers();
});

function lease() {
  const [message] = stream.receive(1);
  if (!message) throw new Error('nothing was received');
  const options = { shell, accountId: ACCOUNT_ID, queue: 'jobs', timing: retryTiming(RATE), stopped: () => stopped };
  return startLease(options, message);
}
const visibleInSeconds = () => ((stream.nextVisibleAt() ?? 0) - shell.clock.now()) / 1_000;

test('it outlasts the visibility time-out of the queue, for as long as the delivery takes', () => {
  const held = lease();
  expect(visibleInSeconds()).toBe(600);
  jest.advanceTimersByTime(3_600_000);
  expect(stream.receive(1)).toEqual([]);
  stream.remove(held.receiptHandle());
  expect(stream.nextVisibleAt()).toBeNull();
});

test('ended without a removal it lapses, and the message is there again', () => {
  lease().end();
  jest.advanceTimersByTime(5_990);
  expect(stream.receive(1)).toEqual([]);
  jest.advanceTimersByTime(10);
  expect(stream.receive(1)[0]?.dequeueCount).toBe(2);
});

test('a stopped runtime renews nothing', () => {
  lease();
  stopped = true;
  jest.advanceTimersByTime(6_000);
  expect(stream.receive(1)[0]?.dequeueCount).toBe(2);
});

test('what an earlier life held is given back a second later', () => {
  lease();
  stopped = true;
  releaseHeld({ shell, accountId: ACCOUNT_ID });
  expect(visibleInSeconds()).toBe(1);
});

test('what was delivered is nobody’s any more, and left alone', () => {
  lease().end();
  releaseHeld({ shell, accountId: ACCOUNT_ID });
  expect(visibleInSeconds()).toBe(600);
});

test('a queue that is gone with what was held is passed over', () => {
  lease();
  stopped = true;
  smqCall<'DeleteQueue'>(shell, { operation: 'DeleteQueue', queue: 'jobs' });
  releaseHeld({ shell, accountId: ACCOUNT_ID });
  expect(shell.world.state.size('runtime.held-messages')).toBe(0);
});
