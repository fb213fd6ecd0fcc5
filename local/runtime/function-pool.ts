/**
 * The instances of a function: warm ones are used again, cold ones are started up to the function's maximum, what is
 * more waits its turn. An instance that has stood idle goes.
 */
import type { FunctionDefinition } from '../../functions/manifest';
import {
  died,
  type FunctionInstance,
  type InstanceOptions,
  type InvocationResult,
  startInstance,
} from './function-instance';
import type { FunctionContext } from './host-messages';

export interface FunctionPool {
  readonly definition: FunctionDefinition;
  /** How many more events would be handled at once. */
  free(): number;
  /** How many events wait for an instance. */
  queued(): number;
  invoke(event: Buffer, context: FunctionContext): Promise<InvocationResult>;
  /** Called when an event has been handled: there may be room for another. */
  onFree(listener: () => void): void;
  /** SIGKILL to every instance; those that wait for an answer are told that theirs died, those that queue go on. */
  killAll(): void;
  /** The same, and nothing is started any more. */
  close(): void;
}

export interface PoolOptions extends Omit<InstanceOptions, 'environment'> {
  /** Of a new instance. */
  environment(): Readonly<Record<string, string>>;
  idleMs?: number;
}

const IDLE_MS = 120_000;

interface Waiting {
  event: Buffer;
  context: FunctionContext;
  resolve(result: InvocationResult): void;
}

interface Idle {
  instance: FunctionInstance;
  timer: NodeJS.Timeout;
}

export function functionPool(options: PoolOptions): FunctionPool {
  const { definition, idleMs = IDLE_MS } = options;
  let idle: Idle[] = [];
  const busy = new Set<FunctionInstance>();
  const waiting: Waiting[] = [];
  const listeners: (() => void)[] = [];
  let closed = false;

  /** The one that worked last: the others may age. */
  const take = (): FunctionInstance => {
    for (let warm = idle.pop(); warm; warm = idle.pop()) {
      clearTimeout(warm.timer);
      if (warm.instance.alive) return warm.instance;
    }
    return startInstance({ ...options, environment: options.environment() });
  };
  const rest = (instance: FunctionInstance): void => {
    // biome-ignore lint/plugin: the runtime owns its instances' lives.
    const timer = setTimeout(() => {
      idle = idle.filter((one) => one.instance !== instance);
      instance.kill();
    }, idleMs);
    timer.unref();
    idle.push({ instance, timer });
  };
  const next = (): void => {
    while (busy.size < definition.maximumInstances) {
      const job = waiting.shift();
      if (!job) return;
      const instance = take();
      busy.add(instance);
      void instance.invoke(job.event, job.context).then((result) => {
        busy.delete(instance);
        if (instance.alive) rest(instance);
        job.resolve(result);
        next();
        for (const listener of listeners) listener();
      });
    }
  };
  const killAll = (): void => {
    for (const { instance, timer } of idle.splice(0)) {
      clearTimeout(timer);
      instance.kill();
    }
    for (const instance of [...busy]) instance.kill();
  };

  return {
    definition,
    free: () => Math.max(0, definition.maximumInstances - busy.size - waiting.length),
    queued: () => waiting.length,
    invoke: (event, context) => {
      if (closed) return Promise.resolve(stopped());
      return new Promise((resolve) => {
        waiting.push({ event, context, resolve });
        next();
      });
    },
    onFree: (listener) => {
      listeners.push(listener);
    },
    killAll,
    close: () => {
      closed = true;
      for (const { resolve } of waiting.splice(0)) resolve(stopped());
      killAll();
    },
  };
}

const stopped = (): InvocationResult => died('RuntimeStopped', 'The local cloud is stopping');
