/** Bucket, queues and tables. */
import {
  type BucketAdmin,
  bucketAdmin,
  DEPLOYMENT_MARK,
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

/** A bucket without a mark becomes ours only while nothing but ours is in it: closing somebody's website would be worse. */
export function bucketItem({ bucket, region, endpoint, credentials, deployment }: Target): Item {
  const admin = bucketAdmin({ bucket, region, endpoint, credentials, timeout: seconds(10) });
  const reasonNotOurs = async (owner: string | null): Promise<string | null> => {
    if (owner === deployment) return null;
    if (owner !== null)
      return `the bucket ${bucket} is that of the deployment ${owner}, as ${DEPLOYMENT_MARK} in it says: choose another, TRUNKLINE_BUCKET`;
    return reasonOfStranger(admin, bucket);
  };
  return {
    kind: 'bucket',
    name: bucket,
    look: async () => {
      const found = await admin.describe();
      if (found === null) return 'absent';
      const reason = await reasonNotOurs(found.deployment);
      if (reason !== null) throw new TrunklineError('InputInvalid', reason);
      const marked = found.deployment !== null;
      return marked && found.private && found.versioned && found.publicAccessBlocked ? 'there' : 'different';
    },
    make: async () => admin.settle(await admin.describe(), deployment),
    reasonToStay: async () => {
      const found = await admin.describe();
      if (found === null) return null;
      return (await reasonNotOurs(found.deployment)) ?? reasonOfStranger(admin, bucket);
    },
    remove: async () => {
      if ((await admin.describe()) === null) return;
      await eachPage(admin, bucket, async (versions) => {
        await admin.removeVersions(versions);
        return true;
      });
      await admin.remove();
    },
  };
}

/** Two million versions: more than any deployment has. */
const MOST_PAGES = 2_000;

const OURS = [...WRITTEN_PREFIXES, 'topologies/', 'orders/', 'settings/'];

/** A stranger's object on the last page keeps them all. */
async function reasonOfStranger(admin: BucketAdmin, bucket: string): Promise<string | null> {
  let stranger: string | null = null;
  await eachPage(admin, bucket, async (versions) => {
    stranger =
      versions.find(({ key }) => key !== DEPLOYMENT_MARK && !OURS.some((prefix) => key.startsWith(prefix)))?.key ??
      null;
    return stranger === null;
  });
  return stranger === null ? null : `the bucket ${bucket} holds ${stranger}, which is not Trunkline's`;
}

/** Until the work says that it is enough. */
async function eachPage(
  admin: BucketAdmin,
  bucket: string,
  work: (versions: ObjectVersion[]) => Promise<boolean>,
): Promise<void> {
  let after: VersionMarker | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { versions, next } = await admin.versions(after);
    if (!(await work(versions)) || next === null) return;
    after = next;
  }
  throw new TrunklineError('InputInvalid', `the bucket ${bucket} holds more than two million versions: empty it first`);
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
      if (!(await listed).includes(schema.name)) return 'absent';
      const key = await admin.key(schema.name);
      if (JSON.stringify(key) === JSON.stringify(schema.key)) return 'there';
      // A key never changes: every call of every function would be refused.
      throw new TrunklineError(
        'InputInvalid',
        `the table ${schema.name} exists with another key than Trunkline's: remove it if nobody needs it, or choose another deployment`,
      );
    },
    make: () => createTable(client, schema, pause),
    remove: () => admin.remove(schema.name),
  }));
}
