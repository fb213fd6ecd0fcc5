/**
 * The instances of a function: warm ones are used again, cold ones are started up to the function's maximum, what is
 * more waits its turn. An instance that has stood idle goes.
 */
import type { FunctionDefinition } from '../../functions/manifest';
import { type FunctionInstance, type InstanceOptions, type InvocationResult, startInstance } from './function-instance';
import type { FunctionContext } from './host-messages';

export interface FunctionPool {
  readonly definition: FunctionDefinition;
  /** How many more events would be handled at once. */
  free(): number;
  invoke(event: Buffer, context: FunctionContext): Promise<InvocationResult>;
  /** SIGKILL to every instance; those that wait are told that theirs died. */
  killAll(): void;
}

const IDLE_MS = 120_000;

interface Waiting {
  event: Buffer;
  context: FunctionContext;
  resolve(result: InvocationResult): void;
}

export function functionPool(options: InstanceOptions): FunctionPool {
  const { definition } = options;
  const idle: { instance: FunctionInstance; timer: NodeJS.Timeout }[] = [];
  const busy = new Set<FunctionInstance>();
  const waiting: Waiting[] = [];

  const take = (): FunctionInstance => {
    for (let warm = idle.pop(); warm; warm = idle.pop()) {
      clearTimeout(warm.timer);
      if (warm.instance.alive) return warm.instance;
    }
    return startInstance(options);
  };
  const rest = (instance: FunctionInstance): void => {
    // biome-ignore lint/plugin: the runtime owns its instances' lives.
    const timer = setTimeout(() => instance.kill(), IDLE_MS);
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
      });
    }
  };

  return {
    definition,
    free: () => Math.max(0, definition.maximumInstances - busy.size - waiting.length),
    invoke: (event, context) =>
      new Promise((resolve) => {
        waiting.push({ event, context, resolve });
        next();
      }),
    killAll: () => {
      for (const { instance, timer } of idle.splice(0)) {
        clearTimeout(timer);
        instance.kill();
      }
      for (const instance of busy) instance.kill();
    },
  };
}
