/** Looks for drift and repairs it in a cloud of this process; waits move its clock. */
import { durationMs, minutes } from '../../shared/clock';
import { type Drift, findDrift } from '../../shared/drift/find-drift';
import { type Repair, type RepairDeps, repairDrift } from '../../shared/drift/repair-drift';
import { type Turn, type WatchDeps, watchDrift } from '../../shared/drift/watch-drift';
import type { Crash } from '../../shared/engine/crash-points';
import type { SubmitReply } from '../../shared/engine/submit-topology';
import { kindForReading } from '../../shared/resources/kind-for-reading';
import { taskStore } from '../../shared/store/store';
import type { VirtualCloud } from './virtual-run';

const settings = { readSettle: minutes(2) };
/** Lets the cloud's time pass. */
export function wait({ inProcess: { clock, world } }: VirtualCloud, delay = minutes(2)): void {
  clock.advance(durationMs(delay));
  world.tick(clock.now());
}

export const driftOf = (
  cloud: VirtualCloud,
  network: string,
  meanwhile: () => Promise<void> | void = () => undefined,
): Promise<Drift> =>
  findDrift(
    {
      runs: cloud.runs,
      objects: cloud.objects,
      cloud: cloud.cloud,
      deployment: 'test',
      kindOf: kindForReading,
      settings,
      pause: async (delay) => {
        wait(cloud, delay);
        await meanwhile();
      },
      progress: () => undefined,
      waiting: () => undefined,
    },
    network,
  );

const repairDeps = (cloud: VirtualCloud, crash: Crash = () => undefined): RepairDeps => ({
  runs: cloud.runs,
  queue: cloud.queue,
  objects: cloud.objects,
  clock: cloud.inProcess.clock,
  crash,
  cloud: cloud.cloud,
  deployment: 'test',
  kindOf: kindForReading,
  tasks: taskStore(cloud.tables),
  settings,
});

export const repairIn = (cloud: VirtualCloud, repair: Repair, crash?: Crash): Promise<SubmitReply> =>
  repairDrift(repairDeps(cloud, crash), repair);

export const sweepDrift = (
  cloud: VirtualCloud,
  slice: number,
  noticeTunnels: WatchDeps['noticeTunnels'] = async () => undefined,
): Promise<Turn | null> => watchDrift({ ...repairDeps(cloud), slice, noticeTunnels });
