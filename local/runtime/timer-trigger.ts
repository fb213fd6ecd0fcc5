/** A timer trigger: every so often of the cloud's time, one at a time. */
import { isoSeconds, seconds } from '../../shared/clock';
import type { FunctionRuntime } from './function-runtime';
import type { RetryTiming } from './retry';
import type { WorldShell } from './world-shell';

export interface TimerTriggerOptions {
  shell: WorldShell;
  runtime: FunctionRuntime;
  function: string;
  everySeconds: number;
  timing: RetryTiming;
  log(line: string): void;
}

/** However fast the cloud's time runs, a real second is enough. */
const SHORTEST_REAL_MS = 1_000;

export function startTimerTrigger(options: TimerTriggerOptions): { stop(): void } {
  const { shell, runtime, timing, log } = options;
  let running = false;
  // biome-ignore lint/plugin: the trigger owns its timer.
  const timer = setInterval(
    async () => {
      if (running) return;
      running = true;
      const event = { triggerTime: isoSeconds(shell.clock.now()), triggerName: options.function, payload: '' };
      const result = await runtime.invoke(options.function, Buffer.from(JSON.stringify(event)));
      if (!result.ok) log(`${options.function}: ${result.errorType}: ${result.errorMessage}`);
      running = false;
    },
    Math.max(SHORTEST_REAL_MS, timing.realMs(seconds(options.everySeconds))),
  );
  return { stop: () => clearInterval(timer) };
}
