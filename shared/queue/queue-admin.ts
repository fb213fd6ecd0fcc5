/** What only the operator's command line does with queues: look how one is set, set it, and take it away. */
import * as z from 'zod';
import type { QueueAttributes } from './queue-client';
import { newMns, type SmqOptions, smqCode } from './smq-client';

export interface QueueAdmin {
  /** Null where there is no such queue. */
  describe(queue: string): Promise<QueueAttributes | null>;
  change(queue: string, attributes: QueueAttributes): Promise<void>;
  /** One that is gone already is no error. */
  remove(queue: string): Promise<void>;
}

const answerSchema = z.object({
  body: z.object({ VisibilityTimeout: z.coerce.number(), MessageRetentionPeriod: z.coerce.number() }),
});

export function queueAdmin(options: SmqOptions): QueueAdmin {
  const mns = newMns(options);
  return {
    describe: async (queue) => {
      try {
        const { body } = answerSchema.parse(await mns.getQueueAttributes(queue));
        return { visibilityTimeoutSeconds: body.VisibilityTimeout, retentionSeconds: body.MessageRetentionPeriod };
      } catch (error) {
        if (smqCode(error) === 'QueueNotExist') return null;
        throw error;
      }
    },
    change: async (queue, { visibilityTimeoutSeconds, retentionSeconds }) => {
      await mns.setQueueAttributes(queue, {
        VisibilityTimeout: visibilityTimeoutSeconds,
        MessageRetentionPeriod: retentionSeconds,
      });
    },
    remove: async (queue) => {
      try {
        await mns.deleteQueue(queue);
      } catch (error) {
        if (smqCode(error) !== 'QueueNotExist') throw error;
      }
    },
  };
}
