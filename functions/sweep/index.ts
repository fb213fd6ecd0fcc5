import { connectCloud } from '../assemble-cloud';
import { assembleObjects } from '../assemble-objects';
import { assembleQueue } from '../assemble-queue';
import { assembleTables } from '../assemble-store';
import { instanceOf } from '../instance';
import { handleSweep } from './handle-sweep';

export async function handler(_event: Buffer, context: unknown): Promise<void> {
  const instance = instanceOf(context);
  await handleSweep({
    ...instance,
    tables: assembleTables(instance),
    queue: assembleQueue(instance),
    objects: assembleObjects(instance),
    connectCloud: () => connectCloud(instance),
  });
}
