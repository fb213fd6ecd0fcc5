/** OSS's first signature (HMAC-SHA1), in the Authorization header or in the query of a presigned URL. */
import { createHmac } from 'node:crypto';
import { byCodeUnits, firstValue, type Pair, parsePairs } from '../query';
import type { RawRequest } from '../raw';
import type { Claim } from './claim';

/** The resource that the client meant: bucket and key are null where the request names none. */
export interface SignedResource {
  bucket: string | null;
  key: string | null;
}

/** Only these parameters are part of the resource; `prefix`, `list-type` and their like are not signed. */
const SUB_RESOURCES = new Set(
  (
    'acl append bucketArchiveDirectRead bucketInfo callback callback-var cname comp continuation-token cors delete ' +
    'encryption endTime img inventory inventoryId lifecycle live location logging metaQuery objectMeta partNumber ' +
    'policy position qos qosInfo referer regionList replication replicationLocation replicationProgress ' +
    'requestPayment resourceGroup response-cache-control response-content-disposition response-content-encoding ' +
    'response-content-language response-content-type response-expires restore security-token sequential startTime ' +
    'stat status style styleName symlink tagging transferAcceleration uploadId uploads versionId versioning versions ' +
    'vod website worm wormExtend wormId x-oss-ac-forward-allow x-oss-ac-source-ip x-oss-ac-subnet-mask ' +
    'x-oss-ac-vpc-id x-oss-process x-oss-request-payer x-oss-traffic-limit'
  ).split(' '),
);

export function ossV1Claim(request: RawRequest, resource: SignedResource): Claim | 'unsigned' | 'malformed' {
  const query = parsePairs(request.query, { plusIsSpace: false });
  const sign = (date: string) => (secret: string) =>
    createHmac('sha1', secret)
      .update(stringToSign(request, query, resource, date))
      .digest('base64');
  const { authorization } = request.headers;
  if (authorization === undefined) {
    const accessKeyId = firstValue(query, 'OSSAccessKeyId');
    const signature = firstValue(query, 'Signature');
    const expires = firstValue(query, 'Expires');
    if (accessKeyId === null || signature === null || expires === null) return 'unsigned';
    const securityToken = firstValue(query, 'security-token');
    const expiresAt = /^\d+$/.test(expires) ? Number(expires) * 1_000 : Number.NaN;
    return { accessKeyId, signature, securityToken, signedAt: Number.NaN, expiresAt, sign: sign(expires) };
  }
  const fields = /^OSS ([^:]+):(.+)$/.exec(authorization.trim());
  if (!fields) return 'malformed';
  const [, accessKeyId = '', signature = ''] = fields;
  // Where x-oss-date is sent, it stands in the date's place too, and among the headers.
  const date = request.headers['x-oss-date'] ?? request.headers['date'] ?? '';
  const securityToken = request.headers['x-oss-security-token'] ?? null;
  return { accessKeyId, signature, securityToken, signedAt: Date.parse(date), sign: sign(date) };
}

function stringToSign(request: RawRequest, query: Pair[], resource: SignedResource, date: string): string {
  const { headers } = request;
  const ossHeaders = Object.keys(headers)
    .filter((name) => name.startsWith('x-oss-'))
    .sort(byCodeUnits)
    .map((name) => `${name}:${(headers[name] ?? '').trim()}\n`);
  return [
    request.method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    date,
    `${ossHeaders.join('')}${canonicalResource(query, resource)}`,
  ].join('\n');
}

function canonicalResource(query: readonly Pair[], { bucket, key }: SignedResource): string {
  const path = bucket === null ? '/' : `/${bucket}/${key ?? ''}`;
  const subResources = query
    .filter(([name]) => SUB_RESOURCES.has(name))
    .sort(([a], [b]) => byCodeUnits(a, b))
    .map(([name, value]) => (value ? `${name}=${value}` : name));
  return subResources.length === 0 ? path : `${path}?${subResources.join('&')}`;
}
