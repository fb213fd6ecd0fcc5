/**
 * The instances of a function: warm ones are used again, cold ones are started while there is room for them, and what
 * is more is throttled at once, as the service does: those who can wait wait themselves. An instance that has stood
 * idle goes, and so does one of an earlier revision: after the event that it is at, and its preStop.
 */
import type { InvocationAnswer } from '../wire/invoke';
import type { FunctionRecord } from '../world/fc/records';
import type { CallResult, FunctionInstance } from './function-instance';
import type { FunctionContext } from './host-messages';

export interface FunctionPool {
  readonly name: string;
  /** Instances that handle an event. */
  busy(): number;
  invoke(event: Buffer, context: FunctionContext): Promise<InvocationAnswer>;
  /** The function has changed. */
  change(record: FunctionRecord): void;
  /** SIGKILL to every instance; those that wait for an answer are told that theirs died. */
  killAll(): void;
  /** The function is gone: nothing is started any more. Resolves when what is under way has ended. */
  close(): Promise<void>;
}

export interface PoolOptions {
  record: FunctionRecord;
  /** Whether one more instance may be busy. */
  hasRoom(): boolean;
  /** Throws where the function's code or role will not do; the message says why. */
  start(record: FunctionRecord): FunctionInstance;
  /** The instance has gone, or is on its way. */
  gone(record: FunctionRecord): void;
  /** An event has been handled: there may be room for another. */
  freed(): void;
  idleMs?: number;
}

const IDLE_MS = 120_000;

interface Idle {
  instance: FunctionInstance;
  timer: NodeJS.Timeout;
}

export function functionPool(options: PoolOptions): FunctionPool {
  const { hasRoom, start, gone, freed, idleMs = IDLE_MS } = options;
  let { record } = options;
  let closed = false;
  let idle: Idle[] = [];
  const busy = new Set<FunctionInstance>();
  /** At their preStop. */
  const leaving = new Set<FunctionInstance>();
  /** Called when the last instance of a closed pool has gone. */
  let emptied: () => void = () => undefined;

  const left = (instance: FunctionInstance): void => {
    gone(instance.record);
    if (closed && busy.size + leaving.size === 0) emptied();
  };

  const retire = (instance: FunctionInstance): void => {
    leaving.add(instance);
    void instance.retire().then(() => {
      leaving.delete(instance);
      left(instance);
    });
  };
  /** The one that worked last: the others may age. */
  const take = (): FunctionInstance => {
    for (let warm = idle.pop(); warm; warm = idle.pop()) {
      clearTimeout(warm.timer);
      if (warm.instance.alive) return warm.instance;
      gone(warm.instance.record);
    }
    return start(record);
  };
  const rest = (instance: FunctionInstance): void => {
    // biome-ignore lint/plugin: the pool owns its instances' lives.
    const timer = setTimeout(() => {
      idle = idle.filter((one) => one.instance !== instance);
      retire(instance);
    }, idleMs);
    timer.unref();
    idle.push({ instance, timer });
  };
  const put = (instance: FunctionInstance): void => {
    busy.delete(instance);
    if (!instance.alive) left(instance);
    else if (closed || instance.record !== record) retire(instance);
    else rest(instance);
  };
  const retireIdle = (): void => {
    for (const { instance, timer } of idle.splice(0)) {
      clearTimeout(timer);
      retire(instance);
    }
  };

  return {
    name: record.name,
    busy: () => busy.size,
    invoke: async (event, context) => {
      if (closed) return failed('', 'FunctionNotFound', `function '${record.name}' does not exist`);
      if (!hasRoom()) return { outcome: 'throttled' };
      let instance: FunctionInstance;
      try {
        instance = take();
      } catch (error) {
        return failed('', 'FunctionNotStarted', error instanceof Error ? error.message : String(error));
      }
      busy.add(instance);
      const result = await instance.invoke(event, context);
      put(instance);
      freed();
      return answerOf(instance.id, result);
    },
    change: (changed) => {
      record = changed;
      retireIdle();
    },
    killAll: () => {
      for (const { instance, timer } of idle.splice(0)) {
        clearTimeout(timer);
        instance.kill();
        gone(instance.record);
      }
      for (const instance of [...busy, ...leaving]) instance.kill();
    },
    close: () => {
      closed = true;
      retireIdle();
      return new Promise((resolve) => {
        emptied = resolve;
        if (busy.size + leaving.size === 0) resolve();
      });
    },
  };
}

export const failed = (instanceId: string, errorType: string, errorMessage: string): InvocationAnswer => ({
  outcome: 'failed',
  errorType,
  errorMessage,
  stackTrace: [],
  instanceId,
  log: [],
});

const answerOf = (instanceId: string, { log, ...result }: CallResult): InvocationAnswer => {
  if (result.ok) return { outcome: 'answered', result: result.result, instanceId, log };
  const { ok: _, ...failure } = result;
  return { outcome: 'failed', ...failure, instanceId, log };
};
