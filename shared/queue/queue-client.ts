/**
 * SMQ as Trunkline uses it: queues are made, messages are sent. Receiving is the EventBridge stream's business.
 * smq-client.ts implements it over the official SDK; the simulation directly over the local cloud's world.
 */
export interface QueueClient {
  /** Delay in whole seconds, at most seven days. */
  send(queue: string, body: string, delaySeconds: number): Promise<void>;
  /** Makes the queue where it does not exist. */
  ensure(queue: string, attributes: QueueAttributes): Promise<void>;
}

export interface QueueAttributes {
  /** Must outlast tries × timeout of the function behind it. */
  visibilityTimeoutSeconds: number;
  retentionSeconds: number;
}
