/** Which bucket and key a request means: by the path, by the host, or by either where both would fit. */
import { isIP } from 'node:net';
import { percentDecode } from '../query';
import type { RawRequest } from '../raw';
import type { SignedResource } from '../signatures/oss-v1';

/** `bucket.oss-cn-hangzhou.aliyuncs.com`, `bucket.oss-us-east-1-internal.aliyuncs.com`, `bucket.localhost`. */
const BUCKET_HOST = /^([a-z0-9][a-z0-9-]{1,61}[a-z0-9])\.(?:oss-[a-z0-9-]+\.aliyuncs\.com|localhost)$/;

/**
 * The first reading that the signature bears out is the right one. The official client connects to an IP with the
 * bucket in the Host header; with `sldEnable` it has it in the path as well, and means the path.
 */
export function addresses(request: RawRequest): [SignedResource, ...SignedResource[]] {
  const bucket = BUCKET_HOST.exec(hostOf(request))?.[1];
  const byPath = pathStyle(request.path);
  if (bucket === undefined) return [byPath];
  const key = percentDecode(request.path.slice(1));
  const byHost = { bucket, key: key === '' ? null : key };
  return byPath.bucket === bucket ? [byPath, byHost] : [byHost];
}

/** A client that names a bucket in the Host header speaks OSS, signed or not. */
export const namesBucketInHost = (request: RawRequest): boolean => BUCKET_HOST.test(hostOf(request));

/** Split at the first raw slash, then decoded: some clients write the key's own slashes as `%2F`. */
function pathStyle(path: string): SignedResource {
  const [, first = '', rest = ''] = /^\/([^/]*)(?:\/(.*))?$/s.exec(path) ?? [];
  return {
    bucket: first === '' ? null : percentDecode(first),
    key: rest === '' ? null : percentDecode(rest),
  };
}

function hostOf(request: RawRequest): string {
  const host = (request.headers['host'] ?? '').toLowerCase().replace(/:\d+$/, '');
  return isIP(host) ? '' : host;
}
