/** A recovery over a cloud of this process; waits move its clock. */
import { readNetwork } from '../../shared/alicloud/read-network';
import { minutes } from '../../shared/clock';
import type { Crash } from '../../shared/engine/crash-points';
import type { ResourceKind } from '../../shared/engine/resource-kind';
import { type Recovery, type RecoveryInput, recover } from '../../shared/recovery/recover';
import { resourceKinds } from '../../shared/resources/registry';
import { taskStore } from '../../shared/store/store';
import type { VirtualCloud } from './virtual-run';

export interface Asked extends Partial<RecoveryInput> {
  crash?: Crash;
}

/** What it waited for is in `waits`. */
export async function recoverIn(
  cloud: VirtualCloud,
  network: string,
  asked: Asked = {},
): Promise<Recovery & { waits: string[] }> {
  const { inProcess, tables, runs, queue, objects } = cloud;
  const { clock, world } = inProcess;
  const waits: string[] = [];
  const kinds = resourceKinds({
    randomKey: () => {
      throw new Error('a recovery makes no key');
    },
  });
  const recovery = await recover(
    {
      runs,
      queue,
      objects,
      clock,
      crash: asked.crash ?? (() => undefined),
      notifyTickets: async () => undefined,
      bucket: objects,
      cloud: cloud.cloud,
      deployment: 'test',
      kindOf: (kind) => kinds[kind] as unknown as ResourceKind,
      tasks: taskStore(tables),
      settings: { lease: minutes(2), readSettle: minutes(2) },
      pause: async (delay) => {
        clock.advance(delay);
        world.tick(clock.now());
      },
      readNetworkModel: (input) => readNetwork({ ...input, cloud: cloud.cloud }),
    },
    {
      network,
      dryRun: false,
      endRun: null,
      vouched: new Set(),
      progress: () => undefined,
      waiting: (_delay, why) => waits.push(why),
      ...asked,
    },
  );
  return { ...recovery, waits };
}
