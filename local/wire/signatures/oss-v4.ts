/** OSS4-HMAC-SHA256: a key derived from date, region and product; in the header, or in a presigned URL's query. */
import { createHash, createHmac } from 'node:crypto';
import { byCodeUnits, firstValue, type Pair, parsePairs, rfc3986 } from '../query';
import type { RawRequest } from '../raw';
import type { Claim } from './claim';
import type { SignedResource } from './oss-v1';

const SCHEME = 'OSS4-HMAC-SHA256';

export const hasOssV4 = (request: RawRequest): boolean =>
  request.headers['authorization']?.startsWith(`${SCHEME} `) ??
  firstValue(parsePairs(request.query, { plusIsSpace: false }), 'x-oss-signature-version') === SCHEME;

interface Fields {
  credential: string;
  signature: string;
  additional: string;
  /** `20261122T210101Z` */
  date: string;
  query: Pair[];
}

export function ossV4Claim(request: RawRequest, resource: SignedResource): Claim | 'malformed' {
  const query = parsePairs(request.query, { plusIsSpace: false });
  const presigned = request.headers['authorization'] === undefined;
  const fields = presigned ? queryFields(query) : headerFields(request, query);
  const scope = fields && /^([^/]+)\/(\d{8}\/[^/]+\/[^/]+\/aliyun_v4_request)$/.exec(fields.credential);
  if (!fields || !scope) return 'malformed';
  const [, accessKeyId = '', path = ''] = scope;
  const signedAt = parseBasicIso(fields.date);
  const seconds = Number(firstValue(query, 'x-oss-expires') ?? Number.NaN);
  const canonical = canonicalRequest(request, resource, fields);
  return {
    accessKeyId,
    signature: fields.signature,
    securityToken: presigned
      ? firstValue(query, 'x-oss-security-token')
      : (request.headers['x-oss-security-token'] ?? null),
    signedAt,
    ...(presigned ? { expiresAt: signedAt + seconds * 1_000 } : {}),
    sign: (secret) =>
      hmac(derivedKey(secret, path), [SCHEME, fields.date, path, sha256(canonical)].join('\n')).toString('hex'),
  };
}

function headerFields(request: RawRequest, query: Pair[]): Fields | null {
  const pattern = /^OSS4-HMAC-SHA256 Credential=([^,]+),(?: ?AdditionalHeaders=([^,]*),)? ?Signature=([0-9a-f]+)$/;
  const parts = pattern.exec((request.headers['authorization'] ?? '').trim());
  if (!parts) return null;
  const [, credential = '', additional = '', signature = ''] = parts;
  // Some tools send the time in Date only; the string to sign has it in the basic form all the same.
  const date = request.headers['x-oss-date'] ?? basicIso(request.headers['date'] ?? '');
  return { credential, signature, additional, date, query };
}

function queryFields(query: Pair[]): Fields | null {
  const credential = firstValue(query, 'x-oss-credential');
  const signature = firstValue(query, 'x-oss-signature');
  const date = firstValue(query, 'x-oss-date');
  if (credential === null || signature === null || date === null) return null;
  const additional = firstValue(query, 'x-oss-additional-headers') ?? '';
  return { credential, signature, additional, date, query: query.filter(([name]) => name !== 'x-oss-signature') };
}

function canonicalRequest(request: RawRequest, { bucket, key }: SignedResource, fields: Fields): string {
  const { headers } = request;
  const additional = fields.additional === '' ? [] : fields.additional.split(';');
  const signed = Object.keys(headers).filter(
    (name) =>
      name === 'content-type' || name === 'content-md5' || name.startsWith('x-oss-') || additional.includes(name),
  );
  const path = bucket === null ? '/' : `/${bucket}/${key ?? ''}`;
  return [
    request.method,
    path.split('/').map(rfc3986).join('/'),
    fields.query
      .map(([name, value]) => [rfc3986(name), value ? `=${rfc3986(value)}` : ''] as const)
      .sort(([a], [b]) => byCodeUnits(a, b))
      .map((pair) => pair.join(''))
      .join('&'),
    signed
      .sort(byCodeUnits)
      .map((name) => `${name}:${(headers[name] ?? '').trim()}\n`)
      .join(''),
    fields.additional,
    headers['x-oss-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
  ].join('\n');
}

/** `scope`: `20261122/cn-hangzhou/oss/aliyun_v4_request`. */
const derivedKey = (secret: string, scope: string): Buffer =>
  scope.split('/').reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`aliyun_v4${secret}`));

function parseBasicIso(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function basicIso(httpDate: string): string {
  const instant = Date.parse(httpDate);
  return Number.isNaN(instant) ? '' : `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
