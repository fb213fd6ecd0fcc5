/** The five step functions are one handler; each is given the kinds of its step, and so loads and may do no more. */
import type { ResourceKinds } from '../shared/engine/advance-resource';
import { holdTask } from '../shared/engine/hold-task';
import { resourceWork } from '../shared/engine/resource-work';
import { taskStore } from '../shared/store/store';
import { connectCloud } from './assemble-cloud';
import { assembleQueue } from './assemble-queue';
import { assembleTables } from './assemble-store';
import { eachMessage } from './each-message';
import { queueMessages, taskMessageOf } from './events';
import { type Instance, instanceOf } from './instance';
import { noCrash } from './no-crash';

export type StepHandler = (event: Buffer, context: unknown) => Promise<void>;

export const stepHandler =
  (kindsOf: (instance: Instance) => ResourceKinds): StepHandler =>
  async (event, context) => {
    const instance = instanceOf(context);
    const store = taskStore(assembleTables(instance));
    const queue = assembleQueue(instance);
    const { clock, settings, log } = instance;
    await eachMessage(queueMessages(event), async (body) => {
      const message = taskMessageOf(body);
      const connection = connectCloud(instance);
      const work = resourceWork({
        store,
        cloudUntil: connection.until,
        kinds: kindsOf(instance),
        settings,
        now: () => clock.now(),
        crash: noCrash,
      });
      const deps = {
        store,
        queue,
        clock,
        settings,
        owner: instance.newOwner(),
        jitter: instance.jitter,
        calls: connection.calls,
        crash: noCrash,
      };
      const reply = await holdTask(deps, work, message);
      log.info('task', { run: message.run, task: message.task, wake: message.wake, reply });
    });
  };
