/** Function Compute's older signature, which the client of the API's first generation still sends: `FC key:signature`. */
import { createHash, createHmac } from 'node:crypto';
import { byCodeUnits, percentDecode } from '../query';
import type { RawRequest } from '../raw';
import type { Claim } from './claim';

const SCHEME = /^FC ([^:]+):(.+)$/;

export const hasFcV1 = (request: RawRequest): boolean => SCHEME.test(request.headers['authorization'] ?? '');

export function fcV1Claim(request: RawRequest): Claim | 'unsigned' | 'malformed' {
  const { headers } = request;
  const fields = SCHEME.exec((headers['authorization'] ?? '').trim());
  if (!fields) return 'malformed';
  const [, accessKeyId = '', signature = ''] = fields;
  return {
    accessKeyId,
    signature,
    securityToken: headers['x-fc-security-token'] ?? null,
    signedAt: Date.parse(headers['date'] ?? ''),
    sign: (secret) => createHmac('sha256', secret).update(stringToSign(request)).digest('base64'),
  };
}

/**
 * The query is signed for HTTP triggers and proxies only: neither is served by this signature here. The body is signed
 * by its digest where the client sends one, which it does for all but streams: what stands there is not believed.
 */
function stringToSign({ method, headers, path, body }: RawRequest): string {
  const fcHeaders = Object.keys(headers)
    .filter((name) => name.startsWith('x-fc-'))
    .sort(byCodeUnits)
    .map((name) => `${name}:${headers[name] ?? ''}\n`);
  return [
    method,
    headers['content-md5'] === undefined ? '' : digestOf(body),
    headers['content-type'] ?? '',
    headers['date'] ?? '',
    `${fcHeaders.join('')}${percentDecode(path)}`,
  ].join('\n');
}

/** Base64 of the digest's hexadecimal text, not of its bytes. */
const digestOf = (body: Buffer): string => Buffer.from(createHash('md5').update(body).digest('hex')).toString('base64');
