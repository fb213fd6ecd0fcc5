/** The timer's function: sends what was lost, completes what was cut off. */
import { sweep } from '../../shared/engine/sweep';
import { runStore } from '../../shared/store/store';
import type { Surroundings, WithObjects, WithQueue, WithTables } from '../surroundings';

export type SweepSurroundings = Surroundings & WithTables & WithQueue & WithObjects;

export async function handleSweep({ tables, queue, objects, clock, crash, log }: SweepSurroundings): Promise<void> {
  const swept = await sweep({ runs: runStore(tables), queue, objects, clock, crash });
  log.info('swept', { ...swept });
}
