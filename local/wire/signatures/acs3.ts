/**
 * ACS3-HMAC-SHA256, the signature of the current OpenAPI clients (and of Function Compute's API): no derived key, no
 * scope; what is signed is named in `SignedHeaders`.
 */
import { createHash, createHmac } from 'node:crypto';
import { byCodeUnits, parsePairs, rfc3986 } from '../query';
import type { RawRequest } from '../raw';
import type { Claim } from './claim';

const SCHEME = 'ACS3-HMAC-SHA256';
/** Without them a captured request could be sent again as another action, or for ever. */
const MUST_BE_SIGNED = ['x-acs-action', 'x-acs-version', 'x-acs-date'];

export const hasAcs3 = (request: RawRequest): boolean =>
  request.headers['authorization']?.startsWith(`${SCHEME} `) ?? false;

export function acs3Claim(request: RawRequest): Claim | 'unsigned' | 'malformed' {
  const authorization = request.headers['authorization'];
  if (!authorization) return 'unsigned';
  const fields = /^ACS3-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)$/.exec(
    authorization.trim(),
  );
  if (!fields) return 'malformed';
  const [, accessKeyId = '', names = '', signature = ''] = fields;
  const signedHeaders = names.split(';');
  if (MUST_BE_SIGNED.some((name) => !signedHeaders.includes(name))) return 'malformed';
  return {
    accessKeyId,
    signature,
    securityToken: request.headers['x-acs-security-token'] ?? null,
    signedAt: Date.parse(request.headers['x-acs-date'] ?? ''),
    sign: (secret) => createHmac('sha256', secret).update(stringToSign(request, signedHeaders)).digest('hex'),
  };
}

function stringToSign(request: RawRequest, signedHeaders: readonly string[]): string {
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`).join(''),
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
  return `${SCHEME}\n${sha256(canonical)}`;
}

/** Clients escape the URL more loosely than they sign: decode, then escape strictly. */
const canonicalQuery = (query: string | null): string =>
  parsePairs(query, { plusIsSpace: true })
    .sort(([a], [b]) => byCodeUnits(a, b))
    .map(([name, value]) => `${rfc3986(name)}=${rfc3986(value ?? '')}`)
    .join('&');

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
