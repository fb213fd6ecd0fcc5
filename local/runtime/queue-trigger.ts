/**
 * An EventBridge stream from an SMQ queue to a function: batches of one, delivered synchronously, at least once.
 *
 * 1. A message is deleted after its function succeeded, never before. A runtime that dies in between leaves it to
 *    become visible again.
 * 2. BACKOFF_RETRY: three tries, 10 to 20 seconds of the cloud's time apart; then the dead-letter queue
 *    (errorsTolerance ALL). A message that waits for its next try takes no instance, so a poisoned one never blocks
 *    the stream.
 * 3. As many at once as the function has instances.
 * 4. While it is being delivered a message is held by a lease: message-lease.ts.
 */
import { type DurationMs, seconds } from '../../shared/clock';
import type { ReceivedMessage } from '../world/smq/operations';
import type { Caller } from '../world/world';
import { type FunctionRuntime, poolOf } from './function-runtime';
import { releaseHeld, startLease } from './message-lease';
import { type QueueStream, queueStream } from './queue-stream';
import type { RetryTiming } from './retry';
import type { WorldShell } from './world-shell';

export interface QueueTriggerOptions {
  shell: WorldShell;
  runtime: FunctionRuntime;
  caller: Caller;
  region: string;
  function: string;
  /** Names in the cloud. */
  queue: string;
  deadLetterQueue: string;
  timing: RetryTiming;
  log(line: string): void;
}

const TRIES = 3;
/** With so many waiting for their next try something is wrong that more tries will not mend. */
const MOST_HELD = 100;
/** Looks again at the latest after so long, whatever was announced. */
const LONGEST_QUIET: DurationMs = seconds(300);

interface Delivery extends QueueTriggerOptions {
  stream: QueueStream;
  stopped(): boolean;
}

export function startQueueTrigger(options: QueueTriggerOptions): { stop(): void } {
  const { shell, runtime, timing } = options;
  const stream = queueStream(options);
  const pool = poolOf(runtime.pools, options.function);
  let stopped = false;
  let announced = false;
  let held = 0;
  let alarm: NodeJS.Timeout | null = null;

  const look = (): void => {
    announced = false;
    while (!stopped && pool.free() > 0 && held < MOST_HELD) {
      const visible = stream.nextVisibleAt();
      const message = visible !== null && visible <= shell.clock.now() ? stream.receive() : null;
      if (!message) {
        // Looked up again: what was visible may have outlived its retention, and is gone.
        wakeAt(stream.nextVisibleAt());
        return;
      }
      held += 1;
      void deliver({ ...options, stream, stopped: () => stopped }, message).finally(() => {
        held -= 1;
        announce();
      });
    }
  };
  const announce = (): void => {
    if (announced || stopped) return;
    announced = true;
    queueMicrotask(look);
  };
  const wakeAt = (instant: number | null): void => {
    if (alarm) clearTimeout(alarm);
    const quiet = instant === null ? LONGEST_QUIET : Math.max(0, instant - shell.clock.now());
    // biome-ignore lint/plugin: the trigger owns its alarm.
    alarm = setTimeout(announce, Math.max(1, timing.realMs(Math.min(quiet, LONGEST_QUIET) as DurationMs)));
  };

  releaseHeld({ ...options, stream });
  stream.onChange(announce);
  pool.onFree(announce);
  announce();
  return {
    stop: () => {
      stopped = true;
      if (alarm) clearTimeout(alarm);
    },
  };
}

async function deliver(delivery: Delivery, message: ReceivedMessage): Promise<void> {
  const { runtime, stream, timing, queue, deadLetterQueue, log, stopped } = delivery;
  const lease = startLease(delivery, message);
  const event = Buffer.from(JSON.stringify([stream.event(message)]));
  try {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const result = await runtime.invoke(delivery.function, event);
      if (stopped()) return;
      if (result.ok) {
        stream.remove(lease.receiptHandle());
        return;
      }
      log(`${queue}: try ${attempt} of ${TRIES} failed: ${result.errorType}: ${result.errorMessage}`);
      if (attempt < TRIES) await timing.wait(seconds(10 + 10 * timing.chance()));
      if (stopped()) return;
    }
    log(`${queue}: ${message.messageId} goes to ${deadLetterQueue}`);
    if (!stream.send(deadLetterQueue, message.body)) log(`${deadLetterQueue}: no such queue; the message is lost`);
    stream.remove(lease.receiptHandle());
  } finally {
    lease.end();
  }
}
