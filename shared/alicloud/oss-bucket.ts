/** What only the operator's command line does with the bucket: look how it is set, set it, empty it, take it away. */
import * as z from 'zod';
import { type OssOptions, ossClient, ossCode } from './oss-objects';

export interface BucketSettings {
  private: boolean;
  versioned: boolean;
  publicAccessBlocked: boolean;
}

export interface BucketAdmin {
  /** Null where there is no such bucket. */
  describe(): Promise<BucketSettings | null>;
  /** Private, versioned, closed to everybody: makes what is missing, changes what differs. */
  settle(found: BucketSettings | null): Promise<void>;
  /** Of the first page: at most 1,000 keys. */
  keys(): Promise<string[]>;
  removeObjects(keys: readonly string[]): Promise<void>;
  /** One that is gone already is no error. */
  remove(): Promise<void>;
}

const PAGE = 1_000;

const infoSchema = z.object({ bucket: z.object({ AccessControlList: z.object({ Grant: z.string() }) }) });
const versioningSchema = z.object({ versionStatus: z.string().optional() });
const accessSchema = z.object({ data: z.object({ BlockPublicAccess: z.string() }) });
const listSchema = z.object({ objects: z.array(z.object({ name: z.string() })).nullish() });

/** The SDK has no method for this sub-resource; its own request signs any. */
const ACCESS_BLOCK =
  '<?xml version="1.0" encoding="UTF-8"?><PublicAccessBlockConfiguration>' +
  '<BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>';

interface RawClient {
  request(parameters: object): Promise<unknown>;
  getBucketVersioning(bucket: string): Promise<unknown>;
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
        };
      } catch (error) {
        if (ossCode(error) === 'NoSuchBucket') return null;
        throw error;
      }
    },
    settle: async (found) => {
      if (found === null) await client.putBucket(bucket, { acl: 'private' } as never);
      else if (!found.private) await client.putBucketACL(bucket, 'private');
      if (!found?.versioned) await raw.putBucketVersioning(bucket, 'Enabled');
      if (!found?.publicAccessBlocked)
        await raw.request({ ...access, method: 'PUT', mime: 'xml', content: ACCESS_BLOCK });
    },
    keys: async () => {
      const { objects } = listSchema.parse(await client.listV2({ 'max-keys': String(PAGE) }, {}));
      return (objects ?? []).map(({ name }) => name);
    },
    removeObjects: async (keys) => {
      if (keys.length > 0) await client.deleteMulti([...keys], { quiet: true });
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
