/** SMQ's signature: HMAC-SHA1 over verb, digest, type, date, the `x-mns-` headers, and path with query as sent. */
import { createHmac } from 'node:crypto';
import { byCodeUnits } from '../query';
import type { RawRequest } from '../raw';
import type { Claim } from './claim';

export function smqClaim(request: RawRequest): Claim | 'unsigned' | 'malformed' {
  const { headers } = request;
  if (!headers['authorization']) return 'unsigned';
  const fields = /^MNS ([^:]+):(.+)$/.exec(headers['authorization'].trim());
  if (!fields) return 'malformed';
  const [, accessKeyId = '', signature = ''] = fields;
  return {
    accessKeyId,
    signature,
    // Not part of what is signed: the service compares it with the key.
    securityToken: headers['security-token'] ?? null,
    signedAt: Date.parse(headers['date'] ?? headers['x-mns-date'] ?? ''),
    sign: (secret) => createHmac('sha1', secret).update(stringToSign(request)).digest('base64'),
  };
}

/** Receipt handles stand in the query with raw `+`, `/` and `=`: it is never re-encoded. */
function stringToSign({ method, headers, path, query }: RawRequest): string {
  const mnsHeaders = Object.keys(headers)
    .filter((name) => name.startsWith('x-mns-'))
    .sort(byCodeUnits)
    .map((name) => `${name}:${(headers[name] ?? '').trim()}\n`);
  return [
    method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    headers['date'] ?? headers['x-mns-date'] ?? '',
    `${mnsHeaders.join('')}${path}${query === null ? '' : `?${query}`}`,
  ].join('\n');
}
