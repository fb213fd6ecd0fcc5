/** Bucket, queues and tables. */
import {
  type BucketAdmin,
  bucketAdmin,
  type ObjectVersion,
  type VersionMarker,
} from '../../shared/alicloud/oss-bucket';
import { seconds } from '../../shared/clock';
import { WRITTEN_PREFIXES } from '../../shared/engine/objects';
import { TrunklineError } from '../../shared/errors';
import { queueAdmin } from '../../shared/queue/queue-admin';
import { smqClient } from '../../shared/queue/smq-client';
import { QUEUE_ATTRIBUTES, QUEUES, queueName } from '../../shared/queue/smq-queue';
import { tableAdmin } from '../../shared/store/table-admin';
import { createTable, tableSchemas } from '../../shared/store/tables';
import { tablestoreClient } from '../../shared/store/tablestore-client';
import { pause, storeEndpoint, type Target } from '../connection';
import type { Item } from './item';

export function bucketItem({ bucket, region, endpoint, credentials }: Target): Item {
  const admin = bucketAdmin({ bucket, region, endpoint, credentials, timeout: seconds(10) });
  return {
    kind: 'bucket',
    name: bucket,
    look: async () => {
      const found = await admin.describe();
      if (found === null) return 'absent';
      return found.private && found.versioned && found.publicAccessBlocked ? 'there' : 'different';
    },
    make: async () => admin.settle(await admin.describe()),
    remove: () => removeBucket(admin, bucket),
  };
}

/** Two million versions: more than any deployment has. */
const MOST_PAGES = 2_000;

/** Every page is looked through before the first is removed: a stranger's object on the last one keeps them all. */
async function removeBucket(admin: BucketAdmin, bucket: string): Promise<void> {
  if ((await admin.describe()) === null) return;
  await eachPage(admin, async (versions) => {
    const strange = versions.find(({ key }) => !OURS.some((prefix) => key.startsWith(prefix)));
    if (strange)
      throw new TrunklineError('InputInvalid', `the bucket ${bucket} holds ${strange.key}, which is not Trunkline's`);
  });
  await eachPage(admin, (versions) => admin.removeVersions(versions));
  await admin.remove();
}

const OURS = [...WRITTEN_PREFIXES, 'topologies/'];

async function eachPage(admin: BucketAdmin, work: (versions: ObjectVersion[]) => Promise<void>): Promise<void> {
  let after: VersionMarker | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { versions, next } = await admin.versions(after);
    await work(versions);
    if (next === null) return;
    after = next;
  }
}

export function queueItems(target: Target): Item[] {
  const { accountId, region, endpoint, credentials, deployment } = target;
  const options = { accountId, region, endpoint, credentials, timeout: seconds(10), pause };
  const admin = queueAdmin(options);
  const client = smqClient(options);
  return QUEUES.map((queue) => {
    const name = queueName(deployment, queue);
    return {
      kind: 'queue',
      name,
      look: async () => {
        const found = await admin.describe(name);
        if (found === null) return 'absent';
        const { visibilityTimeoutSeconds, retentionSeconds } = QUEUE_ATTRIBUTES;
        const same =
          found.visibilityTimeoutSeconds === visibilityTimeoutSeconds && found.retentionSeconds === retentionSeconds;
        return same ? 'there' : 'different';
      },
      make: async () => {
        await client.ensure(name, QUEUE_ATTRIBUTES);
        await admin.change(name, QUEUE_ATTRIBUTES);
      },
      remove: () => admin.remove(name),
    };
  });
}

export function tableItems(target: Target): Item[] {
  const { credentials, deployment, tablestoreInstance: instance } = target;
  const options = { endpoint: storeEndpoint(target), instance, credentials, timeout: seconds(10), pause };
  const admin = tableAdmin(options);
  const client = tablestoreClient(options);
  // One listing answers for all of them.
  let listed: Promise<string[]> | null = null;
  return tableSchemas(deployment).map((schema) => ({
    kind: 'table',
    name: schema.name,
    look: async () => {
      listed ??= admin.names();
      return (await listed).includes(schema.name) ? 'there' : 'absent';
    },
    make: () => createTable(client, schema, pause),
    remove: () => admin.remove(schema.name),
  }));
}
