/** Webhook signatures: `v1=` and the hexadecimal HMAC-SHA256 of `timestamp.delivery.` and the raw body. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { revealed, type Secret } from '../secret';

export interface Signed {
  /** Unix seconds, as it stands in the header. */
  timestamp: string;
  delivery: string;
  body: Uint8Array;
}

export function sign(key: Secret, { timestamp, delivery, body }: Signed): string {
  const digest = createHmac('sha256', revealed(key)).update(`${timestamp}.${delivery}.`).update(body).digest('hex');
  return `v1=${digest}`;
}

/** Two keys are valid during a rotation; each is compared in constant time, and all of them always are. */
export function verify(keys: readonly Secret[], signed: Signed, signature: string): boolean {
  const given = Buffer.from(signature);
  return keys
    .map((key) => {
      const expected = Buffer.from(sign(key, signed));
      return given.length === expected.length && timingSafeEqual(given, expected);
    })
    .includes(true);
}
