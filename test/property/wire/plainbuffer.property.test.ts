import fc from 'fast-check';
import { decodeRows } from '../../../local/wire/tablestore/read-plainbuffer';
import { encodeRows } from '../../../local/wire/tablestore/write-plainbuffer';

test('whatever is written is read back', () => {
  const value = fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => ({ type: 'integer' as const, value: String(n) })),
    fc.double({ noNaN: true }).map((n) => ({ type: 'double' as const, value: n })),
    fc.boolean().map((flag) => ({ type: 'boolean' as const, value: flag })),
    fc.string({ unit: 'grapheme' }).map((value) => ({ type: 'string' as const, value })),
    fc.uint8Array().map((bytes) => ({ type: 'binary' as const, value: Buffer.from(bytes).toString('base64') })),
    fc.constantFrom({ type: 'inf-min' as const }, { type: 'inf-max' as const }, { type: 'auto-increment' as const }),
  );
  const anyCell = fc.record({
    name: fc.string({ unit: 'grapheme' }),
    value: fc.option(value),
    operation: fc.constantFrom(null, 'delete-all' as const, 'delete-version' as const, 'increment' as const),
    timestamp: fc.option(fc.nat()),
  });
  const anyRow = fc.record({
    primaryKey: fc.array(anyCell, { minLength: 1, maxLength: 4 }),
    columns: fc.array(anyCell, { maxLength: 4 }),
    deleted: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 4 }), (rows) => {
      expect(decodeRows(encodeRows(rows))).toEqual(rows);
    }),
  );
});

test('bytes of no meaning are refused, never a crash', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const withHeader = Buffer.concat([Buffer.from('7500000001', 'hex'), Buffer.from(bytes)]);
      try {
        decodeRows(withHeader);
      } catch (error) {
        expect((error as Error).constructor.name).toBe('PlainbufferError');
      }
    }),
  );
});
