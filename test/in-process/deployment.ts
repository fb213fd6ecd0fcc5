/** The tables and queues that a deployment has, made in a world of this process. */
import type { QueueClient } from '../../shared/queue/queue-client';
import { QUEUE_ATTRIBUTES, QUEUES, queueName } from '../../shared/queue/smq-queue';
import type { TableClient } from '../../shared/store/table-client';
import { tableSchemas } from '../../shared/store/tables';

export async function makeTables(client: TableClient, deployment: string): Promise<void> {
  for (const schema of tableSchemas(deployment)) await client.ensureTable(schema);
}

export async function makeQueues(client: QueueClient, deployment: string): Promise<void> {
  for (const queue of QUEUES) await client.ensure(queueName(deployment, queue), QUEUE_ATTRIBUTES);
}
