import { crc8 } from '../../../local/wire/tablestore/crc8';
import type { PlainCell, PlainRow } from '../../../local/wire/tablestore/plainbuffer';
import { decodeRow, decodeRows, decodeVariant } from '../../../local/wire/tablestore/read-plainbuffer';
import { encodeRows } from '../../../local/wire/tablestore/write-plainbuffer';

const cell = (name: string, value: PlainCell['value'], more: Partial<PlainCell> = {}): PlainCell => ({
  name,
  value,
  operation: null,
  timestamp: null,
  ...more,
});
const text = (value: string) => ({ type: 'string' as const, value });
const row = (primaryKey: PlainCell[], columns: PlainCell[] = [], deleted = false): PlainRow => ({
  primaryKey,
  columns,
  deleted,
});

/** Bytes that the official SDK wrote. */
const WRITTEN = [
  [
    'a put of one column',
    row([cell('p', text('x'))], [cell('a', text('b'))]),
    '75000000010304010000007005060000000301000000780a41020304010000006105060000000301000000620a0b097a',
  ],
  ['a deletion', row([cell('p', text('x'))], [], true), '75000000010304010000007005060000000301000000780a41080949'],
  [
    'a key of two columns',
    row([cell('p', text('x')), cell('s', { type: 'integer', value: '1' })]),
    '75000000010304010000007005060000000301000000780a410304010000007305090000000001000000000000000a5c091d',
  ],
] as const;

test.each(WRITTEN)('%s is read from the SDK’s bytes', (_, expected, hex) => {
  expect(decodeRow(Buffer.from(hex, 'hex'))).toEqual(expected);
});

test.each(WRITTEN)('%s is written as the SDK’s bytes', (_, given, hex) => {
  expect(encodeRows([given]).toString('hex')).toBe(hex);
});

test('zero bytes behind the last row are ignored, as the SDK pads with them', () => {
  const padded = Buffer.concat([Buffer.from(WRITTEN[0][2], 'hex'), Buffer.alloc(3)]);
  expect(decodeRows(padded)).toEqual([WRITTEN[0][1]]);
});

test('no bytes are no rows', () => {
  expect(decodeRows(Buffer.alloc(0))).toEqual([]);
  expect(encodeRows([])).toEqual(Buffer.alloc(0));
});

const flipped = Buffer.from(WRITTEN[0][2], 'hex');
flipped.writeUInt8(0x79, 22);

test.each([
  ['another header', Buffer.from('76000000', 'hex'), /mismatch header/],
  ['a value that its checksum does not cover', flipped, /checksum is mismatch/],
  ['a row cut short', Buffer.from(WRITTEN[0][2].slice(0, 40), 'hex'), /length is shorter than expect/],
  ['a length beyond the end', Buffer.from('75000000010304ffffffff', 'hex'), /length is shorter than expect/],
  ['a key without rows', Buffer.from('75000000', 'hex'), /PK is empty/],
])('%s is refused', (_, bytes, message) => {
  expect(() => decodeRow(bytes)).toThrow(message);
});

test('a value on its own is read as filters carry it', () => {
  expect(decodeVariant(Buffer.from('000700000000000000', 'hex'))).toEqual({ type: 'integer', value: '7' });
  expect(decodeVariant(Buffer.from('030100000078', 'hex'))).toEqual(text('x'));
  expect(() => decodeVariant(Buffer.from('0a', 'hex'))).toThrow(/unknown variant/);
});

test('crc8 of the usual check text', () => {
  expect(crc8(0, Buffer.from('123456789'))).toBe(0xf4);
});
