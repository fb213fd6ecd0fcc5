/** What only the operator's command line does with the bucket: look how it is set, set it, empty it, take it away. */
import * as z from 'zod';
import { type OssOptions, ossClient, ossCode } from './oss-objects';

export interface BucketSettings {
  private: boolean;
  versioned: boolean;
  publicAccessBlocked: boolean;
  /** Whose it is, as its mark says; null where it has none. */
  deployment: string | null;
}

export interface BucketAdmin {
  /** Null where there is no such bucket. */
  describe(): Promise<BucketSettings | null>;
  /** Private, versioned, closed to everybody, and last marked: makes what is missing, changes what differs. */
  settle(found: BucketSettings | null, deployment: string): Promise<void>;
  /** A page of what it holds, older versions and marks of deletion too: a bucket goes only when they are gone. */
  versions(after: VersionMarker | null): Promise<{ versions: ObjectVersion[]; next: VersionMarker | null }>;
  removeVersions(versions: readonly ObjectVersion[]): Promise<void>;
  /** One that is gone already is no error. */
  remove(): Promise<void>;
}

export interface ObjectVersion {
  key: string;
  versionId: string;
}

/** Where a page ended. */
export interface VersionMarker {
  key: string;
  versionId: string;
}

/** Holds the deployment's name: two deployments that were given one bucket must not take it from each other. */
export const DEPLOYMENT_MARK = 'trunkline-deployment.txt';

const PAGE = 1_000;

const infoSchema = z.object({ bucket: z.object({ AccessControlList: z.object({ Grant: z.string() }) }) });
const versioningSchema = z.object({ versionStatus: z.string().optional() });
const accessSchema = z.object({ data: z.object({ BlockPublicAccess: z.string() }) });
const versionList = z.array(z.object({ name: z.string(), versionId: z.string() })).default([]);
const versionsSchema = z.object({
  objects: versionList,
  deleteMarker: versionList,
  isTruncated: z.boolean(),
  nextKeyMarker: z.string().nullish(),
  nextVersionIdMarker: z.string().nullish(),
});

/** The SDK has no method for this sub-resource; its own request signs any. */
const ACCESS_BLOCK =
  '<?xml version="1.0" encoding="UTF-8"?><PublicAccessBlockConfiguration>' +
  '<BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>';

interface RawClient {
  request(parameters: object): Promise<unknown>;
  getBucketVersioning(bucket: string): Promise<unknown>;
  getBucketVersions(query: object): Promise<unknown>;
  putBucketVersioning(bucket: string, status: 'Enabled'): Promise<unknown>;
}

export function bucketAdmin(options: OssOptions): BucketAdmin {
  const { bucket } = options;
  const client = ossClient(options);
  // Its types leave these out.
  const raw = client as unknown as RawClient;
  const access = { bucket, subres: 'publicAccessBlock', successStatuses: [200] };
  return {
    describe: async () => {
      try {
        const info = infoSchema.parse(await client.getBucketInfo(bucket));
        const versioning = versioningSchema.parse(await raw.getBucketVersioning(bucket));
        const blocked = accessSchema.parse(await raw.request({ ...access, method: 'GET', xmlResponse: true }));
        return {
          private: info.bucket.AccessControlList.Grant === 'private',
          versioned: versioning.versionStatus === 'Enabled',
          publicAccessBlocked: blocked.data.BlockPublicAccess === 'true',
          deployment: await markOf(client),
        };
      } catch (error) {
        if (ossCode(error) === 'NoSuchBucket') return null;
        throw error;
      }
    },
    settle: async (found, deployment) => {
      if (found === null) await client.putBucket(bucket, { acl: 'private' } as never);
      else if (!found.private) await client.putBucketACL(bucket, 'private');
      if (!found?.versioned) await raw.putBucketVersioning(bucket, 'Enabled');
      if (!found?.publicAccessBlocked)
        await raw.request({ ...access, method: 'PUT', mime: 'xml', content: ACCESS_BLOCK });
      if (!found?.deployment) await client.put(DEPLOYMENT_MARK, Buffer.from(`${deployment}\n`));
    },
    versions: async (after) => {
      const query = { 'max-keys': PAGE, ...(after ? { keyMarker: after.key, versionIdMarker: after.versionId } : {}) };
      const page = versionsSchema.parse(await raw.getBucketVersions(query));
      const { nextKeyMarker: key, nextVersionIdMarker: versionId } = page;
      return {
        versions: [...page.objects, ...page.deleteMarker].map((one) => ({ key: one.name, versionId: one.versionId })),
        next: page.isTruncated && key ? { key, versionId: versionId ?? '' } : null,
      };
    },
    removeVersions: async (versions) => {
      if (versions.length > 0) await client.deleteMulti(versions as never, { quiet: true });
    },
    remove: async () => {
      try {
        await client.deleteBucket(bucket);
      } catch (error) {
        if (ossCode(error) !== 'NoSuchBucket') throw error;
      }
    },
  };
}

async function markOf(client: ReturnType<typeof ossClient>): Promise<string | null> {
  try {
    const { content } = await client.get(DEPLOYMENT_MARK);
    // Whatever else somebody may have put there ends in a message.
    return String(content).trim().slice(0, LONGEST_MARK);
  } catch (error) {
    if (ossCode(error) === 'NoSuchKey') return null;
    throw error;
  }
}

const LONGEST_MARK = 64;
