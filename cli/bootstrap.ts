/** What the functions find when they start: bucket, queues, tables. Repeating it changes nothing. */
import { setTimeout as timer } from 'node:timers/promises';
import { createBucket } from '../shared/alicloud/oss-objects';
import { type Clock, type DurationMs, seconds } from '../shared/clock';
import { smqClient } from '../shared/queue/smq-client';
import { createQueues } from '../shared/queue/smq-queue';
import { awaitTables, createTables } from '../shared/store/tables';
import { connectTo, type Target } from './connection';

export async function bootstrap(target: Target, clock: Clock): Promise<void> {
  const { accountId, region, endpoint, credentials, bucket, deployment } = target;
  const queues = smqClient({ accountId, region, endpoint, credentials, timeout: seconds(10), pause });
  const { tables } = connectTo(target, clock);
  await Promise.all([
    createBucket({ bucket, region, endpoint, credentials, timeout: seconds(10) }),
    createQueues(queues, deployment),
    createTables(tables),
  ]);
  await awaitTables(tables, pause);
}

const pause = (delay: DurationMs): Promise<void> => timer(delay).then(() => undefined);
