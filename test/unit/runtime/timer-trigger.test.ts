import { acceptedEvent } from '../../../local/runtime/async-invocations';
import { retryTiming } from '../../../local/runtime/retry';
import { nextDue } from '../../../local/runtime/timer-schedule';
import { startTimerTrigger, type TimerTrigger } from '../../../local/runtime/timer-trigger';
import type { WorldShell } from '../../../local/runtime/world-shell';
import { ASYNC_INVOCATIONS, type AsyncInvocationRecord } from '../../../local/world/fc/records';
import { epochMs } from '../../../shared/clock';
import { holdTime, makeTrigger, newShell } from './runtime-harness';

const at = (iso: string) => epochMs(Date.parse(iso));

test.each<[string, string, string, string | null, string]>([
  ['@every 1m', '2026-03-01T00:00:30Z', '2026-03-01T10:00:10Z', '2026-03-01T10:00:30.000Z', 'counted from its trigger'],
  ['@every 1m', '2026-03-01T00:00:30Z', '2026-03-01T10:00:30Z', '2026-03-01T10:01:30.000Z', 'the next, not this one'],
  ['@every 90s', '2026-03-01T00:00:00Z', '2026-03-01T00:01:31Z', '2026-03-01T00:03:00.000Z', 'seconds'],
  ['@every 2h', '2026-03-01T00:30:00Z', '2026-03-01T00:30:00Z', '2026-03-01T02:30:00.000Z', 'hours'],
  ['0 0 8 * * *', '2026-03-01T00:00:00Z', '2026-03-01T09:00:00Z', '2026-03-02T08:00:00.000Z', 'six fields, in UTC'],
  ['30 */5 * * * *', '2026-03-01T00:00:00Z', '2026-03-01T09:01:00Z', '2026-03-01T09:05:30.000Z', 'seconds come first'],
  [
    'CRON_TZ=Asia/Shanghai 0 0 4 * * *',
    '2026-03-01T00:00:00Z',
    '2026-03-01T00:00:00Z',
    '2026-03-01T20:00:00.000Z',
    'four in the morning there',
  ],
  ['0 0 0 30 2 *', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', null, 'a day that never comes'],
])('%s made at %s is due after %s at %s: %s', (expression, since, now, due) => {
  const next = nextDue(expression, at(since), at(now));
  expect(next === null ? null : new Date(next).toISOString()).toBe(due);
});

const EVERY_MINUTE = { type: 'timer', cronExpression: '@every 1m', enabled: true, payload: 'sweep' } as const;

describe('events', () => {
  let shell: WorldShell;
  let trigger: { close(): void };

  beforeEach(() => holdTime());
  afterEach(() => {
    trigger.close();
    shell.stop();
    jest.useRealTimers();
  });

  function start(rate: number): void {
    shell = newShell({ rate });
    const record = makeTrigger(shell, 'work', EVERY_MINUTE, { name: 'every-minute' }) as TimerTrigger;
    trigger = startTimerTrigger({ shell, timing: retryTiming(rate) }, record);
  }
  const accepted = () => shell.world.state.values<AsyncInvocationRecord>(ASYNC_INVOCATIONS);
  const finish = () =>
    shell.write(
      shell.world.state
        .keysBetween(ASYNC_INVOCATIONS)
        .map((key) => ({ collection: ASYNC_INVOCATIONS, key, value: undefined })),
    );

  test('are accepted at their time, in the cloud’s, as the service makes them', () => {
    start(60);
    jest.advanceTimersByTime(999);
    expect(accepted()).toEqual([]);
    jest.advanceTimersByTime(1);
    const [event] = accepted();
    expect(event?.functionName).toBe('work');
    expect(JSON.parse(Buffer.from(event?.payload ?? '', 'base64').toString())).toEqual({
      triggerTime: '2023-11-14T22:14:20Z',
      triggerName: 'every-minute',
      payload: 'sweep',
    });
  });

  test('are left out while the last one has not ended', () => {
    start(60);
    jest.advanceTimersByTime(5_000);
    expect(accepted()).toHaveLength(1);
    finish();
    jest.advanceTimersByTime(1_000);
    expect(accepted()).toHaveLength(1);
  });

  test('are left out while one of an earlier life, or of before the trigger’s change, has not ended', () => {
    start(60);
    jest.advanceTimersByTime(1_000);
    trigger.close();
    const record = makeTrigger(shell, 'work', { ...EVERY_MINUTE, payload: 'new' }, { name: 'every-minute' });
    trigger = startTimerTrigger({ shell, timing: retryTiming(60) }, record as TimerTrigger);
    jest.advanceTimersByTime(5_000);
    expect(accepted()).toHaveLength(1);
  });

  test('are not left out for another event of the function, whatever it is', () => {
    start(60);
    for (const text of ['no JSON', 'null', '{"triggerName":"another"}'])
      shell.write([acceptedEvent(shell, 'work', Buffer.from(text))]);
    jest.advanceTimersByTime(1_000);
    expect(accepted()).toHaveLength(4);
  });

  test('come no more than once in a real second, however fast the cloud is', () => {
    start(6_000);
    let count = 0;
    for (let elapsed = 0; elapsed < 5_000; elapsed += 10) {
      jest.advanceTimersByTime(10);
      count += accepted().length;
      finish();
    }
    expect(count).toBe(5);
  });

  test('end with their trigger', () => {
    start(60);
    trigger.close();
    jest.advanceTimersByTime(60_000);
    expect(accepted()).toEqual([]);
  });
});
