/** What the five step functions do with an event; each is given the kinds of its step, and so loads and may do no more. */
import type { ResourceKinds } from '../shared/engine/advance-resource';
import { holdTask } from '../shared/engine/hold-task';
import { resourceWork } from '../shared/engine/resource-work';
import { taskStore } from '../shared/store/store';
import { eachMessage } from './each-message';
import { queueMessages, taskMessageOf } from './events';
import type { Surroundings, WithCloud, WithQueue, WithTables } from './surroundings';

export type TaskSurroundings = Surroundings & WithTables & WithQueue & WithCloud;

export async function handleTasks(surroundings: TaskSurroundings, kinds: ResourceKinds, event: Buffer): Promise<void> {
  const { tables, queue, clock, settings, jitter, crash, log } = surroundings;
  const store = taskStore(tables);
  await eachMessage(queueMessages(event), async (body) => {
    const message = taskMessageOf(body);
    const connection = surroundings.connectCloud();
    const work = resourceWork({
      store,
      cloudUntil: connection.until,
      kinds,
      settings,
      now: () => clock.now(),
      crash,
    });
    const owner = surroundings.newOwner();
    const deps = { store, queue, clock, settings, owner, jitter, calls: connection.calls, crash };
    const reply = await holdTask(deps, work, message);
    log.info('task', { run: message.run, task: message.task, wake: message.wake, reply });
  });
}
