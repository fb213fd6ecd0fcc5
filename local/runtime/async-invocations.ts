/**
 * Asynchronous invocations: accepted as a record of the world, delivered at least once, and deleted when they ended one
 * way or the other. A runtime that died goes on in its next life.
 *
 * 1. A function that fails is tried again as its configuration says, after 1, 2, 4… seconds of the cloud's time. The
 *    service documents the count and no intervals; these are the ones it documents for throttling.
 * 2. A throttled one was no try: it backs off from half a second, doubling, up to the age limit.
 * 3. What became of it goes to its destination before the record is deleted: twice, if the runtime dies in between.
 */
import { randomUUID } from 'node:crypto';
import { between, type DurationMs, durationMs, seconds } from '../../shared/clock';
import type { InvocationAnswer } from '../wire/invoke';
import {
  ASYNC_CONFIGS,
  ASYNC_INVOCATIONS,
  type AsyncConfigRecord,
  type AsyncInvocationRecord,
  DEFAULT_ASYNC,
  FUNCTIONS,
} from '../world/fc/records';
import type { Change } from '../world/state';
import { type Outcome, sendToDestination } from './async-destination';
import { type FunctionRuntime, STOPPED } from './function-runtime';
import type { RetryTiming } from './retry';
import type { WorldShell } from './world-shell';

export interface AsyncOptions {
  shell: WorldShell;
  runtime: FunctionRuntime;
  accountId: string;
  region: string;
  timing: RetryTiming;
  /** The runtime is gone: its next life goes on. */
  stopped(): boolean;
  log(line: string): void;
}

/** How often an invocation has failed, under its key: it survives the runtime, and goes with the record. */
export const FAILURES = 'runtime.async-failures';

type Config = Pick<AsyncConfigRecord, 'maximumRetries' | 'maximumAgeSeconds' | 'onSuccess' | 'onFailure'>;

interface Delivery extends AsyncOptions {
  key: string;
}

export function startAsyncInvocations(options: AsyncOptions): () => void {
  const { shell } = options;
  const underWay = new Set<string>();

  const look = (): void => {
    if (options.stopped()) return;
    for (const key of shell.world.state.keysBetween(ASYNC_INVOCATIONS)) {
      if (underWay.has(key)) continue;
      underWay.add(key);
      void deliver({ ...options, key }).finally(() => underWay.delete(key));
    }
  };
  const unsubscribe = shell.subscribe((collections) => {
    if (collections.has(ASYNC_INVOCATIONS)) queueMicrotask(look);
  });
  look();
  return unsubscribe;
}

/** Has the event accepted when it is written: with whatever must happen together with it. */
export function acceptedEvent(
  shell: WorldShell,
  functionName: string,
  event: Buffer,
  // biome-ignore lint/plugin: the runtime numbers its invocations.
  requestId: string = randomUUID(),
): Change {
  const acceptedAt = shell.clock.now();
  const value = {
    functionName,
    requestId,
    payload: event.toString('base64'),
    acceptedAt,
  } satisfies AsyncInvocationRecord;
  // biome-ignore lint/plugin: the control plane's own keys begin alike; what is behind only keeps them apart.
  return { collection: ASYNC_INVOCATIONS, key: `${String(acceptedAt).padStart(15, '0')}/${randomUUID()}`, value };
}

async function deliver(delivery: Delivery): Promise<void> {
  const { shell, runtime, timing, key, stopped, log } = delivery;
  const { state } = shell.world;
  for (let throttled = 0; !stopped(); ) {
    const invocation = state.get<AsyncInvocationRecord>(ASYNC_INVOCATIONS, key);
    if (!invocation) return;
    const { functionName: name, requestId } = invocation;
    const config = state.get<Config>(ASYNC_CONFIGS, name) ?? DEFAULT_ASYNC;
    const failures = state.get<number>(FAILURES, key) ?? 0;
    if (state.get(FUNCTIONS, name) === undefined) {
      log(`${name}: no such function; its event ${requestId} is dropped`);
      forget(delivery);
      return;
    }
    if (between(invocation.acceptedAt, shell.clock.now()) > seconds(config.maximumAgeSeconds)) {
      end(delivery, invocation, config, { condition: 'EventAgeExceeded', tries: failures, answer: null });
      return;
    }
    const event = Buffer.from(invocation.payload, 'base64');
    const answer = await runtime.invoke(name, event, { retryCount: failures, requestId });
    if (stopped() || isStopped(answer)) return;
    if (answer.outcome === 'throttled') {
      await timing.wait(throttledDelay(throttled));
      throttled += 1;
      continue;
    }
    if (answer.outcome === 'answered') {
      end(delivery, invocation, config, { condition: 'Success', tries: failures + 1, answer });
      return;
    }
    log(
      `${name}: try ${failures + 1} of ${config.maximumRetries + 1} failed: ${answer.errorType}: ${answer.errorMessage}`,
    );
    if (failures >= config.maximumRetries) {
      end(delivery, invocation, config, { condition: 'RetriesExhausted', tries: failures + 1, answer });
      return;
    }
    shell.write([{ collection: FAILURES, key, value: failures + 1 }]);
    await timing.wait(seconds(2 ** failures));
  }
}

function end(delivery: Delivery, invocation: AsyncInvocationRecord, config: Config, outcome: Outcome): void {
  const { log } = delivery;
  const destination = outcome.condition === 'Success' ? config.onSuccess : config.onFailure;
  if (outcome.condition !== 'Success')
    log(`${invocation.functionName}: the event ${invocation.requestId} is given up: ${outcome.condition}`);
  if (destination !== null) {
    const refusal = sendToDestination(delivery, { invocation, outcome, destination });
    if (refusal !== null)
      log(`${invocation.functionName}: ${destination} did not take what became of its event: ${refusal}`);
  }
  forget(delivery);
}

const forget = ({ shell, key }: Delivery): void =>
  shell.write([
    { collection: ASYNC_INVOCATIONS, key, value: undefined },
    { collection: FAILURES, key, value: undefined },
  ]);

const isStopped = (answer: InvocationAnswer): boolean => answer.outcome === 'failed' && answer.errorType === STOPPED;

/** 0.5, 1, 2, 4… seconds; the age limit ends it. */
const throttledDelay = (throttled: number): DurationMs => durationMs(500 * 2 ** Math.min(throttled, MOST_DOUBLINGS));
/** Nine hours apart is later than any age limit that is not days. */
const MOST_DOUBLINGS = 16;
