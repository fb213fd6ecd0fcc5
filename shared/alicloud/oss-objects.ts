/**
 * The bucket over the official SDK, and what the SDK makes necessary: with an IP address as endpoint it puts the
 * bucket into the Host header, and its missing key is an error.
 */
import OSS from 'ali-oss';
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

export function ossObjects(options: OssOptions): Bucket {
  const client = ossClient(options);
  return {
    get: async (key) => {
      try {
        const { content } = await client.get(key);
        return content instanceof Uint8Array ? content : new TextEncoder().encode(String(content));
      } catch (error) {
        if (ossCode(error) === 'NoSuchKey') return null;
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
