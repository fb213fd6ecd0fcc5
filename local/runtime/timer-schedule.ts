/**
 * When a timer trigger is due: six fields in UTC, the same behind `CRON_TZ=<zone> `, or `@every 5m`. Pure; the control
 * plane has refused what is none of them.
 */
import { Cron } from 'croner';
import { type EpochMs, epochMs } from '../../shared/clock';

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** The first moment after `now`; null where there is none. `@every` counts from `since`. */
export function nextDue(expression: string, since: EpochMs, now: EpochMs): EpochMs | null {
  const every = /^@every (\d+)([smh])$/.exec(expression);
  if (every) {
    const period = Number(every[1]) * UNIT_MS[every[2] as keyof typeof UNIT_MS];
    return epochMs(since + (Math.floor((now - since) / period) + 1) * period);
  }
  const [, timezone = 'UTC', fields = ''] = /^(?:CRON_TZ=(\S+) )?(.*)$/.exec(expression) ?? [];
  const next = new Cron(fields, { paused: true, timezone, mode: '6-part' }).nextRun(new Date(now));
  return next ? epochMs(next.getTime()) : null;
}
