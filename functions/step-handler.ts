/** A step function's handler on Function Compute. */
import type { ResourceKinds } from '../shared/engine/advance-resource';
import { connectCloud } from './assemble-cloud';
import { assembleQueue } from './assemble-queue';
import { assembleTables } from './assemble-store';
import { handleTasks } from './handle-tasks';
import { instanceOf } from './instance';
import type { Surroundings } from './surroundings';

export type StepHandler = (event: Buffer, context: unknown) => Promise<void>;

export const stepHandler =
  (kindsOf: (surroundings: Surroundings) => ResourceKinds): StepHandler =>
  async (event, context) => {
    const instance = instanceOf(context);
    const surroundings = {
      ...instance,
      tables: assembleTables(instance),
      queue: assembleQueue(instance),
      connectCloud: () => connectCloud(instance),
    };
    await handleTasks(surroundings, kindsOf(instance), event);
  };
