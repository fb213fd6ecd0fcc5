/**
 * Webhook signatures: the HMAC-SHA256 of the raw body, in our own form behind `timestamp.delivery.`, as `v1=` and the
 * digest in hexadecimal, or in base64 for a sender that knows no other.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { revealed, type Secret } from '../secret';

export interface Signed {
  /** Unix seconds, as it stands in the header. */
  timestamp: string;
  delivery: string;
  body: Uint8Array;
}

export type Encoding = 'hex' | 'base64';

export const sign = (key: Secret, signed: Signed, encoding: Encoding = 'hex'): string =>
  `v1=${hmac(key, partsOf(signed), encoding)}`;

export const verify = (
  keys: readonly Secret[],
  signed: Signed,
  signature: string,
  encoding: Encoding = 'hex',
): boolean => signature.startsWith('v1=') && hmacMatches(keys, partsOf(signed), signature.slice(3), encoding);

const partsOf = ({ timestamp, delivery, body }: Signed): (string | Uint8Array)[] => [`${timestamp}.${delivery}.`, body];

function hmac(key: Secret, parts: readonly (string | Uint8Array)[], encoding: Encoding): string {
  const digest = createHmac('sha256', revealed(key));
  for (const part of parts) digest.update(part);
  return digest.digest(encoding);
}

/** Two keys are valid during a rotation; each is compared in constant time, and all of them always are. */
export function hmacMatches(
  keys: readonly Secret[],
  parts: readonly (string | Uint8Array)[],
  digest: string,
  encoding: Encoding,
): boolean {
  const given = Buffer.from(digest);
  return keys
    .map((key) => {
      const expected = Buffer.from(hmac(key, parts, encoding));
      return given.length === expected.length && timingSafeEqual(given, expected);
    })
    .includes(true);
}
