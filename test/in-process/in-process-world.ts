/** A world in this process, its clock in the test's hand. */

import { smq } from '../../local/world/smq/service';
import { tablestore } from '../../local/world/tablestore/service';
import { type Caller, type Service, World, type WorldRequest } from '../../local/world/world';
import { type Clock, type DurationMs, durationMs, type EpochMs, epochMs } from '../../shared/clock';

export interface InProcess {
  world: World;
  caller: Caller;
  clock: ManualClock;
  /** Serves a request at the clock's time and returns its output. */
  serve(request: WorldRequest): unknown;
}

export interface ManualClock extends Clock {
  advance(duration: DurationMs): void;
  moveTo(instant: EpochMs): void;
}

export function manualClock(start = epochMs(1_700_000_000_000)): ManualClock {
  let now = start;
  return {
    now: () => now,
    monotonic: () => durationMs(now - start),
    advance: (duration) => {
      now = epochMs(now + duration);
    },
    moveTo: (instant) => {
      now = epochMs(Math.max(now, instant));
    },
  };
}

export const ACCOUNT = '1234567890123456';

export function inProcessWorld(services: Readonly<Record<string, Service>> = { tablestore, smq }): InProcess {
  const clock = manualClock();
  const settings = { seed: 'test', accountId: ACCOUNT, region: 'us-east-1', quotas: {}, durationFactor: 1 };
  const world = new World(settings, services);
  const caller = { accountId: ACCOUNT, accessKeyId: 'test', roleArn: null };
  return { world, caller, clock, serve: (request) => world.handle(clock.now(), request).response.output };
}
