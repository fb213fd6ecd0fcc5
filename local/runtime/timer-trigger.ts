/**
 * A timer trigger: due moments of the cloud's time become events, asynchronously. What was due while nothing ran is not
 * made up for.
 *
 * Unlike the service an event that is due while the last one has not ended is left out, and in a fast cloud all but one
 * in a real second: an hour that passes in four seconds would queue sixty sweeps that the machine never catches up with.
 */
import { between, type EpochMs, isoSeconds } from '../../shared/clock';
import { ASYNC_INVOCATIONS, type AsyncInvocationRecord, type TriggerRecord } from '../world/fc/records';
import type { State } from '../world/state';
import { acceptedEvent } from './async-invocations';
import type { RetryTiming } from './retry';
import { nextDue } from './timer-schedule';
import type { WorldShell } from './world-shell';

export interface TimerTriggerOptions {
  shell: WorldShell;
  timing: RetryTiming;
}

export type TimerTrigger = Extract<TriggerRecord, { type: 'timer' }>;

/** However fast the cloud's time runs, a real second is enough. */
const SHORTEST_REAL_MS = 1_000;
/** Node's longest timer is shorter than some waits; and a clock may be set. */
const LONGEST_REAL_MS = 60_000;

export function startTimerTrigger({ shell, timing }: TimerTriggerOptions, trigger: TimerTrigger): { close(): void } {
  const { functionName, name, cronExpression, modifiedAt, payload } = trigger;
  const { state } = shell.world;
  let alarm: NodeJS.Timeout | null = null;

  const fire = (due: EpochMs): void => {
    if (hasUnfinished(state, trigger)) return;
    // Facts: function-compute, section 2.5.
    const event = { triggerTime: isoSeconds(due), triggerName: name, payload };
    shell.write([acceptedEvent(shell, functionName, Buffer.from(JSON.stringify(event)))]);
  };
  const wait = (shortest: number): void => {
    const due = nextDue(cronExpression, modifiedAt, shell.clock.now());
    if (due === null) return;
    const real = timing.realMs(between(shell.clock.now(), due));
    const sleep = Math.min(Math.max(real, shortest, 1), LONGEST_REAL_MS);
    // biome-ignore lint/plugin: the trigger owns its timer.
    alarm = setTimeout(() => {
      if (shell.clock.now() < due) wait(0);
      else {
        fire(due);
        wait(SHORTEST_REAL_MS);
      }
    }, sleep);
  };
  wait(0);
  return {
    close: () => {
      if (alarm) clearTimeout(alarm);
    },
  };
}

/** Also one of an earlier life. What another kind of event holds is none of a timer's. */
const hasUnfinished = (state: State, { functionName, name }: TimerTrigger): boolean =>
  state
    .values<AsyncInvocationRecord>(ASYNC_INVOCATIONS)
    .some((one) => one.functionName === functionName && triggerNameOf(one) === name);

function triggerNameOf({ payload }: AsyncInvocationRecord): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64').toString('utf8'))?.triggerName;
  } catch {
    return undefined;
  }
}
