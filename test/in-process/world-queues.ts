/** QueueClient straight over the local cloud's world, and the trigger's side of it: what is visible now. */

import {
  type OperationName,
  type Operations,
  type SmqInput,
  type SmqOutput,
  smqRequest,
} from '../../local/world/smq/operations';
import type { EpochMs } from '../../shared/clock';
import type { JsonObject } from '../../shared/json';
import type { QueueClient } from '../../shared/queue/queue-client';
import type { InProcess } from './in-process-world';

export interface WorldQueues extends QueueClient {
  /** Takes one visible message off the queue; where there is none, when the next becomes visible. */
  take(queue: string): { message: JsonObject } | { nextVisibleAt: EpochMs | null };
}

export function worldQueues({ serve, caller }: InProcess): WorldQueues {
  const run = <K extends OperationName>(input: Extract<SmqInput, { operation: K }>): Operations[K]['result'] => {
    const output = serve(smqRequest(caller, input)) as SmqOutput<K>;
    if (!output.ok) throw new Error(`${output.code}: ${output.message}`);
    return output.result;
  };
  return {
    send: async (queue, body, delaySeconds) => {
      run<'SendMessages'>({ operation: 'SendMessages', queue, messages: [{ body, delaySeconds, priority: null }] });
    },
    ensure: async (queue, { visibilityTimeoutSeconds, retentionSeconds }) => {
      const attributes = { visibilityTimeout: visibilityTimeoutSeconds, messageRetentionPeriod: retentionSeconds };
      run<'CreateQueue'>({ operation: 'CreateQueue', queue, attributes });
    },
    take: (queue) => {
      const answer = run<'ReceiveMessages'>({ operation: 'ReceiveMessages', queue, count: 1, waitSeconds: 0 });
      const [message] = answer.messages;
      if (!message) return { nextVisibleAt: answer.nextVisibleAt };
      run<'DeleteMessages'>({ operation: 'DeleteMessages', queue, receiptHandles: [message.receiptHandle] });
      return { message: JSON.parse(Buffer.from(message.body, 'base64').toString('utf8')) as JsonObject };
    },
  };
}
