/** The few forms of DER (X.690) that a certificate is written in. Written only; node:crypto reads. */

export const sequence = (...parts: Uint8Array[]): Buffer => tagged(0x30, ...parts);
export const set = (...parts: Uint8Array[]): Buffer => tagged(0x31, ...parts);
export const octets = (...parts: Uint8Array[]): Buffer => tagged(0x04, ...parts);
export const text = (value: string): Buffer => tagged(0x0c, Buffer.from(value, 'utf8'));
export const yes = (): Buffer => tagged(0x01, Buffer.of(0xff));
/** Of whole bytes, or with some of the last one's bits unused. */
export const bits = (value: Uint8Array, unused = 0): Buffer => tagged(0x03, Buffer.of(unused), value);
/** `[n]` around whole values. */
export const explicit = (tag: number, ...parts: Uint8Array[]): Buffer => tagged(0xa0 + tag, ...parts);
/** `[n]` in place of a primitive value's own tag. */
export const implicit = (tag: number, value: Uint8Array): Buffer => tagged(0x80 + tag, value);

/** Not negative: a first bit that is set gets a zero byte before it; zeros that say nothing go. */
export function integer(magnitude: Uint8Array): Buffer {
  const first = magnitude.findIndex((byte) => byte !== 0);
  const bytes = first < 0 ? Buffer.of(0) : Buffer.from(magnitude.subarray(first));
  return tagged(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

/** `1.2.840.10045.4.3.2` */
export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(inSevens)]));
}

/** UTCTime until 2049, GeneralizedTime after, as RFC 5280 (4.1.2.5) wants it. */
export function time(at: Date): Buffer {
  const digits = `${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
  return at.getUTCFullYear() < 2_050
    ? tagged(0x17, Buffer.from(digits.slice(2), 'ascii'))
    : tagged(0x18, Buffer.from(digits, 'ascii'));
}

/** Seven bits a byte, the highest bit set on all but the last. */
function inSevens(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

function tagged(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  if (length < 0x100) return Buffer.of(0x81, length);
  return Buffer.of(0x82, length >>> 8, length & 0xff);
}
