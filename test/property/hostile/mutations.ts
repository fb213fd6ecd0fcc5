/** Valid examples spoiled: bytes flipped, cut, doubled and overwritten; values and keys of JSON replaced by hostile ones. */
import * as fc from 'fast-check';

const WORDS = [
  '\u0000',
  '\ufeff',
  '\ufffd',
  '\u202e',
  '\u001b[2J',
  '\r\n\r\n',
  '%00',
  '%',
  '%ff',
  '%2e%2e%2f',
  '../',
  '{}',
  '[]',
  'null',
  '"',
  "'",
  '<',
  '>',
  '&',
  '&amp;',
  '&#x0;',
  '&#xD800;',
  '&#99999999999;',
  '<![CDATA[',
  ']]>',
  '<!--',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '<?xml version="1.1"?>',
  '<__proto__>',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '-1',
  '1e999',
  '9007199254740993',
  '99999999999999999999',
  'NaN',
  'Infinity',
  "${env('HOME')}",
  '&a *a',
  '<<: *a',
  '!!js/function x',
  '\ud800',
] as const;

const BYTES: readonly Buffer[] = [
  ...WORDS.map((word) => Buffer.from(word)),
  Buffer.from([0xff]),
  Buffer.from([0xc0, 0xaf]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0xf4, 0x90, 0x80, 0x80]),
  Buffer.from([0xff, 0xff, 0xff, 0xff]),
  Buffer.from([0xff, 0xff, 0xff, 0x7f]),
  Buffer.from([0x00, 0x00, 0x00, 0x80]),
  Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80]),
  Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
];

export const word: fc.Arbitrary<string> = fc.constantFrom(...WORDS);

interface ByteChange {
  kind: 'flip' | 'overwrite' | 'insert' | 'cut' | 'end' | 'repeat' | 'move';
  /** Of the length, in millionths. */
  at: number;
  length: number;
  what: number;
}

const byteChange: fc.Arbitrary<ByteChange> = fc.record({
  kind: fc.constantFrom('flip', 'overwrite', 'insert', 'cut', 'end', 'repeat', 'move'),
  at: fc.nat(1_000_000),
  length: fc.oneof(fc.nat(8), fc.nat(200)),
  what: fc.nat(1_000),
});

function changeBytes(bytes: Buffer, { kind, at, length, what }: ByteChange): Buffer {
  const start = Math.floor((at / 1_000_001) * (bytes.length + 1));
  const [before, behind] = [bytes.subarray(0, start), bytes.subarray(start)];
  const piece = BYTES[what % BYTES.length] ?? Buffer.alloc(0);
  switch (kind) {
    case 'flip': {
      const copy = Buffer.from(bytes);
      if (start < copy.length) copy[start] = (copy[start] ?? 0) ^ (1 << (what % 8));
      return copy;
    }
    case 'overwrite':
      return Buffer.concat([before, piece, behind.subarray(piece.length)]);
    case 'insert':
      return Buffer.concat([before, piece, behind]);
    case 'cut':
      return Buffer.concat([before, behind.subarray(length)]);
    case 'end':
      return before;
    case 'repeat':
      return Buffer.concat([before, ...Array<Buffer>(2 + (what % 20)).fill(behind.subarray(0, length)), behind]);
    case 'move': {
      const rest = Buffer.concat([before, behind.subarray(length)]);
      const to = what % (rest.length + 1);
      return Buffer.concat([rest.subarray(0, to), behind.subarray(0, length), rest.subarray(to)]);
    }
  }
}

/** One of the seeds, changed up to six times. */
export const mutatedBytes = (seeds: readonly (Buffer | string)[]): fc.Arbitrary<Buffer> =>
  fc
    .tuple(fc.nat(seeds.length - 1), fc.array(byteChange, { maxLength: 6 }))
    .map(([seed, changes]) => changes.reduce(changeBytes, Buffer.from(seeds[seed] ?? '')));

export const mutatedText = (seeds: readonly string[]): fc.Arbitrary<string> =>
  mutatedBytes(seeds).map((bytes) => bytes.toString('utf8'));

type Json = unknown;

const nested = (depth: number): Json => {
  let value: Json = 0;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

const OWN_PROTO: Json = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');

const VALUES: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  -(2 ** 63),
  1e308,
  '',
  'x'.repeat(5_000),
  [],
  {},
  [null],
  OWN_PROTO,
  nested(20),
  nested(2_000),
  Array.from({ length: 300 }, (_, index) => index),
  Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${index}`, index])),
];

const value: fc.Arbitrary<Json> = fc.oneof(fc.constantFrom(...VALUES), word, fc.jsonValue({ maxDepth: 2 }));

interface JsonChange {
  path: number[];
  kind: 'replace' | 'remove' | 'add' | 'twice';
  key: string;
  value: Json;
}

const jsonChange: fc.Arbitrary<JsonChange> = fc.record({
  path: fc.array(fc.nat(12), { maxLength: 6 }),
  kind: fc.constantFrom('replace', 'replace', 'remove', 'add', 'twice'),
  key: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'format', 'toString', '0', ''), word),
  value,
});

function changeJson(node: Json, { path: [first, ...rest], kind, key, value: given }: JsonChange): Json {
  if (typeof node !== 'object' || node === null) return kind === 'remove' ? null : given;
  const entries = Object.entries(node);
  const at = entries.length === 0 ? -1 : (first ?? 0) % entries.length;
  const isHere = first === undefined || entries.length === 0;
  if (isHere && kind === 'replace') return given;
  if (isHere && (kind === 'add' || kind === 'twice')) entries.push([key, given]);
  if (isHere && kind === 'remove') entries.shift();
  const changed = entries.map(([name, child], index): [string, Json] =>
    !isHere && index === at ? [name, changeJson(child, { path: rest, kind, key, value: given })] : [name, child],
  );
  return Array.isArray(node) ? changed.map(([, child]) => child) : Object.fromEntries(changed);
}

/** Text with every `{` numbered; one of them gets a key that is there already, or is nobody's. */
function withKeyTwice(text: string, { path, key, value: given }: JsonChange): string {
  const places = [...text.matchAll(/\{"([^"\\]*)"/g)];
  const place = places[(path[0] ?? 0) % Math.max(places.length, 1)];
  if (!place) return text;
  const name = key === '' ? place[1] : key;
  return `${text.slice(0, place.index + 1)}${JSON.stringify(name)}:${JSON.stringify(given)},${text.slice(place.index + 1)}`;
}

export const mutatedJson = (seeds: readonly Json[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.nat(seeds.length - 1),
      fc.array(jsonChange, { maxLength: 4 }),
      fc.array(byteChange, { maxLength: 2 }),
      fc.nat(3),
    )
    .map(([seed, changes, bytes, spoilt]) => {
      const changed = changes.reduce<Json>(changeJson, seeds[seed]);
      const last = changes.at(-1);
      const text = JSON.stringify(changed) ?? 'null';
      const twice = last?.kind === 'twice' ? withKeyTwice(text, last) : text;
      return spoilt === 0 ? bytes.reduce(changeBytes, Buffer.from(twice)).toString('utf8') : twice;
    });

/** As a value, for what takes no text. */
export const mutatedValue = (seeds: readonly Json[]): fc.Arbitrary<Json> =>
  fc
    .tuple(fc.nat(seeds.length - 1), fc.array(jsonChange, { maxLength: 4 }))
    .map(([seed, changes]) => changes.reduce<Json>(changeJson, seeds[seed]));
