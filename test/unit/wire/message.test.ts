import {
  bool,
  bytes,
  decode,
  encode,
  int,
  message,
  oneOf,
  optional,
  repeated,
  required,
  text,
} from '../../../local/wire/tablestore/message';

const Inner = { label: required(1, text) };
const Outer = {
  name: required(1, text),
  ttl: optional(2, int),
  kind: required(3, oneOf({ 0: 'ignore', 2: 'expect' })),
  inner: repeated(4, message(Inner)),
  raw: optional(5, bytes),
  flag: optional(6, bool),
};

const full = {
  name: 'n',
  ttl: -1,
  kind: 'expect' as const,
  inner: [{ label: 'a' }, { label: '' }],
  raw: Buffer.from([1, 2]),
  flag: false,
};

test('what is written is read back, negative numbers and empty texts included', () => {
  expect(decode(Outer, encode(Outer, full))).toEqual(full);
});

test('the bytes are those of Protocol Buffers', () => {
  const values = { name: 'n', ttl: 300, kind: 'ignore' as const, inner: [{ label: 'a' }], raw: null, flag: true };
  expect(encode(Outer, values).toString('hex')).toBe('0a016e10ac02180022030a01613001');
});

test('fields of a newer client are skipped', () => {
  const Newer = { ...Outer, later: optional(90, text), number: optional(91, int) };
  const sent = encode(Newer, { ...full, later: 'x', number: 7 });
  expect(decode(Outer, sent)).toEqual(full);
});

test.each([
  ['a required field that is missing', Buffer.from('1802', 'hex'), /missing field name/],
  ['a number that has no name', Buffer.from('0a016e1801', 'hex'), /unknown value 1/],
  ['bytes cut short', Buffer.from('0a056e', 'hex'), /index out of range/],
])('%s is refused', (_, sent, message_) => {
  expect(() => decode(Outer, sent)).toThrow(message_);
});
