/**
 * An EventBridge stream from an SMQ queue to a function, at least once.
 *
 * 1. A message is deleted after its function succeeded, never before; with an asynchronous stream after its event was
 *    accepted. A runtime that dies in between leaves it to become visible again.
 * 2. What is pushed is a batch, tried again whole. One that waits for its next try takes no instance, so a poisoned
 *    message never blocks the stream where errors are tolerated. Where they are not (NONE) nothing overtakes a batch,
 *    and once its tries are used up the stream stops until its trigger changes or the local cloud starts again.
 * 3. Else as many batches at once as the function has instances. A throttled push was no try.
 * 4. While it is being delivered a message is held by a lease: message-lease.ts.
 */
import { type DurationMs, durationMs, seconds } from '../../shared/clock';
import type { TriggerRecord } from '../world/fc/records';
import type { ReceivedMessage } from '../world/smq/operations';
import { requireTrust } from './function-credentials';
import type { FunctionRuntime } from './function-runtime';
import { startLease } from './message-lease';
import { type QueueStream, queueStream } from './queue-stream';
import { askInvoke } from './request-as';
import type { RetryTiming } from './retry';
import type { WorldShell } from './world-shell';

export interface QueueTriggerOptions {
  shell: WorldShell;
  runtime: FunctionRuntime;
  accountId: string;
  region: string;
  timing: RetryTiming;
  /** The runtime is gone: nothing is said of what is under way. */
  stopped(): boolean;
  log(line: string): void;
}

export type StreamTrigger = Extract<TriggerRecord, { type: 'eventbridge' }>;

export interface QueueTrigger {
  /** Takes nothing more; what is under way ends. */
  close(): void;
}

/** With so many messages waiting for their next try something is wrong that more tries will not mend. */
const MOST_HELD = 100;
/** Looks again at the latest after so long, whatever was announced. */
const LONGEST_QUIET: DurationMs = seconds(300);
/** And at the soonest, where a message is there that could not be received. */
const REFUSED_REAL_MS = 1_000;

/** How often a batch is pushed, and how long after which failed try again. */
const STRATEGIES: Record<StreamTrigger['retry'], { tries: number; delay(failed: number, chance: number): DurationMs }> =
  {
    BACKOFF_RETRY: { tries: 3, delay: (_failed, chance) => seconds(10 + 10 * chance) },
    EXPONENTIAL_DECAY_RETRY: { tries: 176, delay: (failed) => seconds(Math.min(2 ** (failed - 1), 512)) },
  };

interface Delivery extends QueueTriggerOptions {
  trigger: StreamTrigger;
  stream: QueueStream;
  block(): void;
}

export function startQueueTrigger(options: QueueTriggerOptions, trigger: StreamTrigger): QueueTrigger {
  const { shell, runtime, timing, accountId, log } = options;
  const { functionName, queue, batchSize, invocationRole } = trigger;
  const caller = { accountId, accessKeyId: '', roleArn: invocationRole };
  const stream = queueStream({ ...options, ...trigger, caller });
  const mostHeld = trigger.errorsTolerance === 'NONE' ? 1 : MOST_HELD;
  let closed = false;
  let announced = false;
  let untrusted = '';
  let held = 0;
  let alarm: NodeJS.Timeout | null = null;

  const delivery = {
    ...options,
    trigger,
    stream,
    block: () => {
      closed = true;
      log(`${queue}: the stream is blocked until its trigger changes`);
    },
  };
  const look = (): void => {
    announced = false;
    while (!closed && trusted() && runtime.free(functionName) > 0 && held < mostHeld) {
      const visible = stream.nextVisibleAt();
      const due = visible !== null && visible <= shell.clock.now();
      const batch = due ? stream.receive(Math.min(batchSize, MOST_HELD - held)) : [];
      if (batch.length === 0) {
        // Looked up again: what was visible may have outlived its retention, and is gone.
        wakeAt(stream.nextVisibleAt(), due ? REFUSED_REAL_MS : 1);
        return;
      }
      held += batch.length;
      void deliver(delivery, batch).finally(() => {
        held -= batch.length;
        announce();
      });
    }
  };
  const trusted = (): boolean => {
    try {
      if (invocationRole !== null) requireTrust(shell, invocationRole, 'eventbridge.aliyuncs.com');
      return true;
    } catch (error) {
      const why = String(error);
      if (why !== untrusted) log(`${queue}: ${why}`);
      untrusted = why;
      wakeAt(null, 1);
      return false;
    }
  };
  const announce = (): void => {
    if (announced || closed) return;
    announced = true;
    queueMicrotask(look);
  };
  const wakeAt = (instant: number | null, soonestMs: number): void => {
    if (alarm) clearTimeout(alarm);
    const quiet = instant === null ? LONGEST_QUIET : Math.max(0, instant - shell.clock.now());
    const sleep = timing.realMs(durationMs(Math.min(quiet, LONGEST_QUIET)));
    // biome-ignore lint/plugin: the trigger owns its alarm.
    alarm = setTimeout(announce, Math.max(soonestMs, sleep));
  };
  const ends = [stream.onChange(announce), runtime.onFree(announce)];
  announce();
  return {
    close: () => {
      closed = true;
      if (alarm) clearTimeout(alarm);
      for (const end of ends) end();
    },
  };
}

async function deliver(delivery: Delivery, batch: readonly ReceivedMessage[]): Promise<void> {
  const { stream, timing, log, stopped, trigger } = delivery;
  const { queue } = trigger;
  const { tries, delay } = STRATEGIES[trigger.retry];
  const leases = batch.map((message) => startLease({ ...delivery, queue }, message));
  const remove = (): void => {
    for (const lease of leases) stream.remove(lease.receiptHandle());
  };
  const event = Buffer.from(JSON.stringify(batch.map((message) => stream.item(message))));
  try {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const failure = await push(delivery, event);
      if (stopped()) return;
      if (failure === null) {
        remove();
        return;
      }
      log(`${queue}: try ${attempt} of ${tries} failed: ${failure}`);
      if (attempt < tries) await timing.wait(delay(attempt, timing.chance()));
      if (stopped()) return;
    }
    if (trigger.errorsTolerance === 'NONE') {
      delivery.block();
      return;
    }
    for (const message of batch) giveUp(delivery, message);
    remove();
  } finally {
    for (const lease of leases) lease.end();
  }
}

/** Null where the function has taken it, else why not. Asked of RAM at each push, as the service asks. */
async function push(
  { shell, runtime, accountId, timing, trigger, stopped }: Delivery,
  event: Buffer,
): Promise<string | null> {
  const { functionName, invocationRole, asynchronous } = trigger;
  const caller = { accountId, accessKeyId: '', roleArn: invocationRole };
  const refusal = askInvoke(shell, caller, functionName, { event, asynchronous });
  if (refusal !== null || asynchronous) return refusal;
  for (;;) {
    const answer = await runtime.invoke(functionName, event);
    if (answer.outcome === 'answered') return null;
    if (answer.outcome === 'failed') return `${answer.errorType}: ${answer.errorMessage}`;
    await timing.wait(seconds(1));
    if (stopped()) return 'the local cloud is stopping';
  }
}

function giveUp({ stream, log, trigger }: Delivery, { messageId, body }: ReceivedMessage): void {
  const { queue, deadLetterQueue } = trigger;
  if (deadLetterQueue === null) {
    log(`${queue}: ${messageId} is dropped`);
    return;
  }
  const refusal = stream.send(deadLetterQueue, body);
  log(
    refusal === null
      ? `${queue}: ${messageId} goes to ${deadLetterQueue}`
      : `${queue}: ${messageId} is lost: ${deadLetterQueue} did not take it: ${refusal}`,
  );
}
