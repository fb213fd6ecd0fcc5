/** Tablestore's signature: HMAC-SHA1 over path, method and the `x-ots-` headers; answers are signed the same way. */
import { createHmac } from 'node:crypto';
import { byCodeUnits } from '../query';
import type { RawRequest } from '../raw';
import type { Claim } from './claim';

export function tablestoreClaim(request: RawRequest): Claim | 'unsigned' {
  const accessKeyId = request.headers['x-ots-accesskeyid'];
  const signature = request.headers['x-ots-signature'];
  if (!accessKeyId || !signature) return 'unsigned';
  return {
    accessKeyId,
    signature,
    securityToken: request.headers['x-ots-ststoken'] ?? null,
    signedAt: parseOtsDate(request.headers['x-ots-date'] ?? ''),
    sign: (secret) =>
      hmac(secret, `${request.path}\n${request.method}\n\n${otsLines(request.headers, 'x-ots-signature')}\n`),
  };
}

/** The Go SDK's fraction has a variable length and no meaning (`21:11:21.11229Z`): the seconds are enough. */
export function parseOtsDate(text: string): number {
  const seconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(text)?.[0];
  return seconds === undefined ? Number.NaN : Date.parse(`${seconds}Z`);
}

/** What the Python SDK checks of an answer. */
export const signTablestoreAnswer = (secret: string, path: string, headers: Readonly<Record<string, string>>): string =>
  hmac(secret, `${otsLines(headers)}\n${path}`);

const otsLines = (headers: Readonly<Record<string, string>>, without?: string): string =>
  Object.keys(headers)
    .filter((name) => name.startsWith('x-ots-') && name !== without)
    .sort(byCodeUnits)
    .map((name) => `${name}:${(headers[name] ?? '').trim()}`)
    .join('\n');

const hmac = (secret: string, text: string): string => createHmac('sha1', secret).update(text).digest('base64');
