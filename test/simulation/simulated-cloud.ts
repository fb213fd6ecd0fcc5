/** The local cloud's world in virtual time, and as it was some time ago: what an eventually consistent read shows. */
import { createWorld } from '../../local/runtime/create-world';
import type { Account } from '../../local/world/account';
import type { Change } from '../../local/world/state';
import type { Caller, WorldRequest } from '../../local/world/world';
import { type EpochMs, epochMs } from '../../shared/clock';
import type { Cloud } from '../../shared/engine/cloud';
import type { InProcess, ManualClock } from '../in-process/in-process-world';
import { worldCloud } from '../unit/resources/world-cloud';
import type { Timeline } from './timeline';

export interface SimulatedCloud {
  inProcess: InProcess;
  /** Lets what is due happen. */
  tick(): void;
  /** As it is now. */
  cloud: Cloud;
  /** As it was; for reads only. */
  cloudAt(instant: EpochMs): Cloud;
}

/** Reads of the network lag; tables and queues are consistent. */
const CONSISTENT = /^(tablestore|smq|oss|fc)\./;

interface Moment {
  at: EpochMs;
  changes: Change[];
}

/** `restored`: all that another one held. */
export function simulatedCloud(account: Account, timeline: Timeline, restored: readonly Change[]): SimulatedCloud {
  const world = createWorld(account, restored, timeline.now);
  const beginning = [...world.state.snapshot()];
  const moments: Moment[] = [];
  const keep = (changes: Change[]): void => {
    const network = changes.filter(({ collection }) => !CONSISTENT.test(collection));
    if (network.length > 0) moments.push({ at: timeline.now, changes: network });
  };
  const caller: Caller = { accountId: account.accountId, accessKeyId: account.accessKey.id, roleArn: null };
  const handle = (request: WorldRequest) => {
    const answer = world.handle(timeline.now, request);
    keep(answer.changes);
    return answer;
  };
  const clock = clockOf(timeline);
  const present = { world: { handle: (_: EpochMs, request: WorldRequest) => handle(request) }, caller, clock };
  return {
    inProcess: { world, caller, clock, serve: (request) => handle(request).response.output },
    tick: () => keep(world.tick(timeline.now)),
    cloud: worldCloud(present),
    cloudAt: (instant) => {
      const until = moments.filter(({ at }) => at <= instant).flatMap(({ changes }) => changes);
      const past = createWorld(account, [...beginning, ...until], instant);
      return worldCloud({ world: past, caller, clock: { ...clock, now: () => instant } });
    },
  };
}

const clockOf = (timeline: Timeline): ManualClock => {
  const moves = (): never => {
    throw new Error('the timeline moves time');
  };
  return {
    now: () => timeline.now,
    monotonic: () => epochMs(timeline.now) as unknown as ReturnType<ManualClock['monotonic']>,
    advance: moves,
    moveTo: moves,
  };
};
