/** The timer's function: sends what was lost, completes what was cut off. */
import { sweep } from '../../shared/engine/sweep';
import { runStore } from '../../shared/store/store';
import { assembleObjects } from '../assemble-objects';
import { assembleQueue } from '../assemble-queue';
import { assembleTables } from '../assemble-store';
import { instanceOf } from '../instance';
import { noCrash } from '../no-crash';

export async function handler(_event: Buffer, context: unknown): Promise<void> {
  const instance = instanceOf(context);
  const swept = await sweep({
    runs: runStore(assembleTables(instance)),
    queue: assembleQueue(instance),
    objects: assembleObjects(instance),
    clock: instance.clock,
    crash: noCrash,
  });
  instance.log.info('swept', { ...swept });
}
