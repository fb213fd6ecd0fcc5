/** Starts what starts the functions, and follows the triggers' records as they come, change and go. */
import { TRIGGERS, type TriggerRecord } from '../world/fc/records';
import { startAsyncInvocations } from './async-invocations';
import type { FunctionRuntime } from './function-runtime';
import { releaseHeld } from './message-lease';
import { startOssTriggers } from './oss-trigger';
import { startQueueTrigger } from './queue-trigger';
import type { RetryTiming } from './retry';
import { startTimerTrigger } from './timer-trigger';
import type { WorldShell } from './world-shell';

export interface TriggerOptions {
  shell: WorldShell;
  runtime: FunctionRuntime;
  accountId: string;
  region: string;
  timing: RetryTiming;
  log(line: string): void;
}

type StartOptions = TriggerOptions & { stopped(): boolean };

interface Started {
  record: TriggerRecord;
  /** Takes nothing more; what is under way ends. */
  close(): void;
}

/** HTTP triggers start nothing: http-trigger.ts finds their records when it is called. */
export function startTriggers(options: TriggerOptions): { stop(): void } {
  const { shell } = options;
  const { state } = shell.world;
  const started = new Map<string, Started>();
  let stopped = false;
  const every = { ...options, stopped: () => stopped };

  const follow = (): void => {
    for (const [key, one] of started) {
      // A changed record is another value.
      if (state.get(TRIGGERS, key) === one.record) continue;
      one.close();
      started.delete(key);
    }
    for (const key of state.keysBetween(TRIGGERS)) {
      const record = state.get<TriggerRecord>(TRIGGERS, key);
      const one = record && !started.has(key) ? start(every, record) : null;
      if (record && one) started.set(key, { record, ...one });
    }
  };

  releaseHeld(options);
  const ends = [startAsyncInvocations(every), startOssTriggers(every)];
  follow();
  ends.push(
    shell.subscribe((collections) => {
      if (collections.has(TRIGGERS)) follow();
    }),
  );
  return {
    stop: () => {
      stopped = true;
      for (const end of ends) end();
      for (const one of started.values()) one.close();
    },
  };
}

/** Null for what does not run by itself. */
function start(options: StartOptions, record: TriggerRecord): Pick<Started, 'close'> | null {
  if (record.type === 'eventbridge') return record.enabled ? startQueueTrigger(options, record) : null;
  return record.type === 'timer' && record.enabled ? startTimerTrigger(options, record) : null;
}
