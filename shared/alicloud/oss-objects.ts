/**
 * The bucket over the official SDK, and what the SDK makes necessary: with an IP address as endpoint it puts the
 * bucket into the Host header, and its missing key is an error.
 */
import OSS from 'ali-oss';
import * as z from 'zod';
import type { DurationMs } from '../clock';
import type { Bucket } from '../engine/objects';
import { TrunklineError } from '../errors';
import { revealed } from '../secret';
import type { Credentials } from './credentials';

export interface OssOptions {
  bucket: string;
  region: string;
  /** `http://127.0.0.1:4560` for the local cloud; null for the region's. */
  endpoint: string | null;
  credentials: Credentials;
  timeout: DurationMs;
}

/** A hundred thousand keys: a network of ten thousand runs. */
const MOST_PAGES = 100;

const pageSchema = z.object({
  objects: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .transform((objects) => objects ?? []),
  nextContinuationToken: z.string().nullish(),
});

export function ossObjects(options: OssOptions): Bucket {
  const client = ossClient(options);
  return {
    list: async (prefix) => {
      const keys: string[] = [];
      let next: string | null = null;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const query = { prefix, 'max-keys': '1000', ...(next ? { 'continuation-token': next } : {}) };
        const answer = await listPage(client, prefix, query);
        keys.push(...answer.objects.map(({ name }) => name));
        if (!answer.nextContinuationToken) return keys;
        next = answer.nextContinuationToken;
      }
      throw new TrunklineError('ObjectsUnavailable', `OSS ${prefix}: more than ${MOST_PAGES} pages of keys`);
    },
    get: async (key) => {
      try {
        const { content } = await client.get(key);
        return content instanceof Uint8Array ? content : new TextEncoder().encode(String(content));
      } catch (error) {
        if (ossCode(error) === 'NoSuchKey') return null;
        throw unavailable(key, error);
      }
    },
    remove: async (key) => {
      try {
        await client.delete(key);
      } catch (error) {
        throw unavailable(key, error);
      }
    },
    put: async (key, body, contentType) => {
      try {
        await client.put(key, Buffer.from(body), { headers: { 'Content-Type': contentType } });
      } catch (error) {
        throw unavailable(key, error);
      }
    },
  };
}

async function listPage(
  client: OSS,
  prefix: string,
  query: OSS.ListV2ObjectsQuery,
): Promise<z.infer<typeof pageSchema>> {
  try {
    return pageSchema.parse(await client.listV2(query, {}));
  } catch (error) {
    throw unavailable(prefix, error);
  }
}

/** The official client, set up; for this file and for oss-bucket.ts. */
export function ossClient({ bucket, region, endpoint, credentials, timeout }: OssOptions): OSS {
  const { accessKeyId } = credentials;
  const accessKeySecret = revealed(credentials.accessKeySecret);
  const securityToken = credentials.securityToken && revealed(credentials.securityToken);
  const base: OSS.Options = {
    bucket,
    region: `oss-${region}`,
    accessKeyId,
    accessKeySecret,
    timeout,
    authorizationV4: true,
  };
  const place: Partial<OSS.Options> = endpoint ? { endpoint } : { secure: true };
  if (!securityToken) return new OSS({ ...base, ...place });
  const token = { accessKeyId, accessKeySecret, stsToken: securityToken };
  // Given, so that the SDK does not warn at every start; an instance is rebuilt when its token changes.
  return new OSS({
    ...base,
    ...place,
    stsToken: securityToken,
    refreshSTSToken: async () => token,
    refreshSTSTokenInterval: DAY_MS,
  });
}

const DAY_MS = 86_400_000;

export const ossCode = (error: unknown): string | null => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
};

const unavailable = (what: string, cause: unknown): TrunklineError =>
  new TrunklineError(
    'ObjectsUnavailable',
    `OSS ${what}: ${ossCode(cause) ?? (cause instanceof Error ? cause.name : 'failed')}`,
    {
      cause,
    },
  );
