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
  const { timing, everySeconds } = options;
  let running = false;
  const fire = async (): Promise<void> => {
    if (running) return;
    running = true;
    await deliver(options);
    running = false;
  };
  // biome-ignore lint/plugin: the trigger owns its timer.
  const timer = setInterval(fire, Math.max(SHORTEST_REAL_MS, timing.realMs(seconds(everySeconds))));
  return { stop: () => clearInterval(timer) };
}

/** Facts: function-compute, section 2.5. Not tried again: the next is due soon. */
async function deliver({ shell, runtime, log, function: name }: TimerTriggerOptions): Promise<void> {
  const event = { triggerTime: isoSeconds(shell.clock.now()), triggerName: name, payload: '' };
  const result = await runtime.invoke(name, Buffer.from(JSON.stringify(event)));
  if (!result.ok && result.errorType !== 'RuntimeStopped') log(`${name}: ${result.errorType}: ${result.errorMessage}`);
}
