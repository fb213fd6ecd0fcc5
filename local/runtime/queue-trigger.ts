/**
 * An EventBridge stream from an SMQ queue to a function: batches of one, delivered synchronously, at least once.
 *
 * 1. A message is deleted after its function succeeded, never before. A runtime that dies in between leaves it to
 *    become visible again.
 * 2. BACKOFF_RETRY: three tries, 10 to 20 seconds apart; then the dead-letter queue (errorsTolerance ALL), so that one
 *    poisoned message never blocks the stream.
 * 3. As many at once as the function has instances.
 */
import type { QueueName } from '../../functions/manifest';
import { type DurationMs, isoSeconds, seconds } from '../../shared/clock';
import {
  type OperationName,
  type Operations,
  type ReceivedMessage,
  type SmqInput,
  type SmqOutput,
  smqRequest,
} from '../world/smq/operations';
import type { Caller } from '../world/world';
import type { FunctionRuntime } from './function-runtime';
import type { RetryTiming } from './retry';
import type { WorldShell } from './world-shell';

export interface QueueTriggerOptions {
  shell: WorldShell;
  runtime: FunctionRuntime;
  caller: Caller;
  region: string;
  deployment: string;
  queue: QueueName;
  timing: RetryTiming;
  log(line: string): void;
}

const TRIES = 3;
/** Looks again at the latest after so long, whatever was announced. */
const LONGEST_QUIET: DurationMs = seconds(300);

export function startQueueTrigger(options: QueueTriggerOptions): { stop(): void } {
  const { shell, runtime, deployment, queue, timing } = options;
  const name = `${deployment}-${queue}`;
  let stopped = false;
  let alarm: NodeJS.Timeout | null = null;
  let looking = false;

  const look = (): void => {
    if (stopped || looking) return;
    looking = true;
    try {
      const pool = runtime.pools.get(queue);
      while (pool && pool.free() > 0) {
        const found = run<'ReceiveMessages'>(options, {
          operation: 'ReceiveMessages',
          queue: name,
          count: 1,
          waitSeconds: 0,
        });
        const [message] = found?.messages ?? [];
        if (!message) {
          wakeAt(found?.nextVisibleAt ?? null);
          break;
        }
        void deliver(options, name, message).finally(look);
      }
    } finally {
      looking = false;
    }
  };
  const wakeAt = (instant: number | null): void => {
    if (alarm) clearTimeout(alarm);
    const quiet = instant === null ? LONGEST_QUIET : Math.max(0, instant - shell.clock.now());
    // biome-ignore lint/plugin: the trigger owns its alarm.
    alarm = setTimeout(look, timing.realMs(Math.min(quiet, LONGEST_QUIET)));
  };

  shell.subscribe((collections) => {
    if ([...collections].some((collection) => collection.startsWith('smq.'))) queueMicrotask(look);
  });
  look();
  return {
    stop: () => {
      stopped = true;
      if (alarm) clearTimeout(alarm);
    },
  };
}

async function deliver(options: QueueTriggerOptions, queue: string, message: ReceivedMessage): Promise<void> {
  const { runtime, timing, log } = options;
  const event = Buffer.from(JSON.stringify([cloudEvent(options, queue, message)]));
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const result = await runtime.invoke(options.queue, event);
    if (result.ok) return remove(options, queue, message);
    log(`${options.queue}: try ${attempt} of ${TRIES} failed: ${result.errorType}: ${result.errorMessage}`);
    if (attempt < TRIES) await timing.wait(seconds(10 + 10 * timing.chance()));
  }
  const deadLetters = `${options.deployment}-dead-letters`;
  const letter = { body: message.body, delaySeconds: null, priority: null };
  run<'SendMessages'>(options, { operation: 'SendMessages', queue: deadLetters, messages: [letter] });
  remove(options, queue, message);
}

function remove(options: QueueTriggerOptions, queue: string, { receiptHandle }: ReceivedMessage): void {
  run<'DeleteMessages'>(options, { operation: 'DeleteMessages', queue, receiptHandles: [receiptHandle] });
}

/** Null where the queue is not there yet. */
function run<K extends OperationName>(
  { shell, caller }: QueueTriggerOptions,
  input: Extract<SmqInput, { operation: K }>,
): Operations[K]['result'] | null {
  const output = shell.handle(smqRequest(caller, input)).output as SmqOutput<K>;
  return output.ok ? output.result : null;
}

/** Facts: function-compute, section 2.6. The body was base64, and IsBase64Decode is on. */
function cloudEvent({ caller, region, shell }: QueueTriggerOptions, queue: string, message: ReceivedMessage) {
  const time = isoSeconds(message.enqueuedAt);
  return {
    id: message.messageId,
    source: 'acs.mns',
    specversion: '1.0',
    type: 'mns:Queue:SendMessage',
    datacontenttype: 'application/json; charset=utf-8',
    subject: `acs:mns:${region}:${caller.accountId}:queues/${queue}`,
    time,
    aliyunaccountid: caller.accountId,
    aliyunoriginalaccountid: caller.accountId,
    aliyunpublishtime: isoSeconds(shell.clock.now()),
    aliyuneventbusname: 'default',
    aliyunregionid: region,
    data: { requestId: message.messageId, messageId: message.messageId, messageBody: decoded(message.body) },
  };
}

const decoded = (body: string): string => Buffer.from(body, 'base64').toString('utf8');
