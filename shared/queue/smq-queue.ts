import type { DurationMs } from '../clock';
import type { Queue, QueueName } from '../engine/queue';
import type { QueueAttributes, QueueClient } from './queue-client';

/** One queue a step, one each for intake, report and callback, and one where poisoned messages end. */
export const queueName = (deployment: string, queue: QueueName | 'dead-letters'): string => `${deployment}-${queue}`;

/** The service's limit is seven days; no wait of ours comes near. */
const MAXIMUM_DELAY_SECONDS = 604_800;

/**
 * The engine's queue over SMQ. Bodies are base64: the SDK does not escape XML, and EventBridge decodes base64 by
 * default (`IsBase64Decode`).
 */
export const smqQueue = (client: QueueClient, deployment: string): Queue => ({
  send: (queue, message, delay) =>
    client.send(
      queueName(deployment, queue),
      Buffer.from(JSON.stringify(message)).toString('base64'),
      wholeSeconds(delay),
    ),
});

const wholeSeconds = (delay: DurationMs): number => Math.min(Math.ceil(delay / 1_000), MAXIMUM_DELAY_SECONDS);

/** Every queue of a deployment, without the deployment's name. */
export const QUEUES: readonly (QueueName | 'dead-letters')[] = [
  'intake',
  'gateway',
  'tunnel',
  'cen',
  'routes',
  'security-group',
  'report',
  'callback',
  'dead-letters',
];

/** The stream tries a message three times for at most five minutes each: twenty minutes outlast that. */
export const QUEUE_ATTRIBUTES: QueueAttributes = { visibilityTimeoutSeconds: 1_200, retentionSeconds: 345_600 };
