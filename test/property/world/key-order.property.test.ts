import fc from 'fast-check';
import { encodeKey, successor } from '../../../local/world/tablestore/key-order';
import type { KeyPart } from '../../../local/world/tablestore/values';

const text = (value: string): KeyPart => ({ type: 'string', value });
const integer = (value: bigint): KeyPart => ({ type: 'integer', value: String(value) });
const bytes = (value: Uint8Array): KeyPart => ({ type: 'binary', value: Buffer.from(value).toString('base64') });

const sign = (n: number) => Math.sign(n);
const textOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

test('strings sort by their UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(textOrder(encodeKey([text(a)]), encodeKey([text(b)]))).toBe(
        sign(Buffer.compare(Buffer.from(a), Buffer.from(b))),
      );
    }),
  );
});

test('bytes sort as bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
      expect(textOrder(encodeKey([bytes(a)]), encodeKey([bytes(b)]))).toBe(sign(Buffer.compare(a, b)));
    }),
  );
});

test('integers sort by value', () => {
  fc.assert(
    fc.property(fc.bigInt(INT64), fc.bigInt(INT64), (a, b) => {
      expect(textOrder(encodeKey([integer(a)]), encodeKey([integer(b)]))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('the first column decides before the second, however long either is', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, x, b, y) => {
      const expected =
        a === b ? Buffer.compare(Buffer.from(x), Buffer.from(y)) : Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(textOrder(encodeKey([text(a), text(x)]), encodeKey([text(b), text(y)]))).toBe(sign(expected));
    }),
  );
});

test('every value lies between the bounds, and just below its successor', () => {
  const value = fc.oneof(fc.string({ unit: 'binary' }).map(text), fc.bigInt(INT64).map(integer));
  fc.assert(
    fc.property(value, (part) => {
      const encoded = encodeKey([part]);
      expect(encodeKey([{ type: 'inf-min' }]) < encoded).toBe(true);
      expect(encoded < encodeKey([{ type: 'inf-max' }])).toBe(true);
      expect(encoded < successor(encoded)).toBe(true);
    }),
  );
});
