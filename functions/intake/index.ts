import { connectCloud } from '../assemble-cloud';
import { assembleObjects } from '../assemble-objects';
import { assembleQueue } from '../assemble-queue';
import { assembleTables } from '../assemble-store';
import { instanceOf } from '../instance';
import { handleIntake } from './handle-intake';

export async function handler(event: Buffer, context: unknown): Promise<void> {
  const instance = instanceOf(context);
  const surroundings = {
    ...instance,
    tables: assembleTables(instance),
    queue: assembleQueue(instance),
    objects: assembleObjects(instance),
    connectCloud: () => connectCloud(instance),
  };
  await handleIntake(surroundings, event);
}
