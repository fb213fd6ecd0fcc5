/** The decoders alone, where every input reaches them: a value, or the one error that the protocol's code expects. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { codeFolders } from '../../../local/runtime/code-folders';
import { readAttributes, readMessages, readReceiptHandles } from '../../../local/wire/smq/read-xml';
import { DECODERS } from '../../../local/wire/tablestore/decode-request';
import { MessageError } from '../../../local/wire/tablestore/message';
import { PlainbufferError, type PlainRow } from '../../../local/wire/tablestore/plainbuffer';
import { decodeRows, decodeVariant } from '../../../local/wire/tablestore/read-plainbuffer';
import { encodeRows } from '../../../local/wire/tablestore/write-plainbuffer';
import { xmlReader } from '../../../local/wire/xml';
import { SmqError } from '../../../local/world/smq/smq-error';
import { TablestoreError } from '../../../local/world/tablestore/tablestore-error';
import { FUNCTION, fcWorld } from '../../unit/world/fc/fc-world';
import { expectDiscreet, filled, hostile, large, sizeOf } from './hostile';
import { mutatedBytes } from './mutations';
import { recordedOf } from './signed-requests';

type Expected = abstract new (...given: never[]) => Error;

/** What it came to, twice the same. */
function outcome(read: () => unknown, ...expected: Expected[]): unknown {
  const once = (): unknown => {
    try {
      return read();
    } catch (error) {
      expect(expected.some((one) => error instanceof one)).toBe(true);
      expectDiscreet(String((error as Error).message));
      return (error as Error).message;
    }
  };
  const first = once();
  expect(once()).toEqual(first);
  return first;
}

const XML = [...recordedOf('smq'), ...recordedOf('oss')].map(({ body }) => body).filter((body) => body.includes('<'));
const readXml = xmlReader(['Message']);

function xmlHolds(body: Buffer): void {
  outcome(() => readMessages(body), SmqError);
  outcome(() => readAttributes(body), SmqError);
  outcome(() => readReceiptHandles(body), SmqError);
  outcome(() => readXml(body.toString('utf8')), Error);
}

hostile('XML', mutatedBytes(XML), xmlHolds);
large(
  'XML',
  [
    ['nested elements', () => Buffer.concat([filled(sizeOf('XML') / 2, '<a>'), filled(sizeOf('XML') / 2, '</a>')])],
    [
      'nested elements of long names',
      () =>
        Buffer.concat([
          filled(sizeOf('XML') / 4, `<${'a'.repeat(500)}>`),
          filled(sizeOf('XML') / 4, `</${'a'.repeat(500)}>`),
        ]),
    ],
    [
      'the prototype as elements',
      () => filled(sizeOf('XML'), '<__proto__><polluted>1</polluted></__proto__>', '<a>', '</a>'),
    ],
  ],
  xmlHolds,
);

const ROWS: PlainRow[] = [
  {
    primaryKey: [
      { name: 'hash', value: { type: 'string', value: 'h' }, operation: null, timestamp: null },
      { name: 'at', value: { type: 'integer', value: '-9223372036854775808' }, operation: null, timestamp: null },
    ],
    columns: [
      { name: '__proto__', value: { type: 'binary', value: 'AAEC' }, operation: null, timestamp: 1 },
      { name: 'a', value: { type: 'double', value: 1.5 }, operation: null, timestamp: null },
      { name: 'b', value: null, operation: 'delete-all', timestamp: null },
    ],
    deleted: false,
  },
];
const BYTES = encodeRows(ROWS);

function plainbufferHolds(bytes: Buffer): void {
  outcome(() => decodeRows(bytes), PlainbufferError);
  outcome(() => decodeVariant(bytes), PlainbufferError);
}

test('what is not spoiled is read back', () => {
  expect(decodeRows(BYTES)).toEqual(ROWS);
});

hostile('plainbuffer', mutatedBytes([BYTES]), plainbufferHolds, 60);
large(
  'plainbuffer',
  [
    [
      'rows without a cell',
      () => Buffer.concat([Buffer.from([0x75, 0, 0, 0]), filled(sizeOf('plainbuffer'), '\u0001\u0009\u0000')]),
    ],
    [
      'cells without a value',
      () =>
        Buffer.concat([
          Buffer.from([0x75, 0, 0, 0, 1]),
          filled(sizeOf('plainbuffer'), '\u0003\u0004\u0000\u0000\u0000\u0000\u000a\u0000'),
        ]),
    ],
    [
      'a length that lies',
      () =>
        Buffer.concat([
          Buffer.from([0x75, 0, 0, 0, 1, 3, 4, 0xff, 0xff, 0xff, 0xff]),
          Buffer.alloc(sizeOf('plainbuffer')),
        ]),
    ],
    ['zero bytes', () => Buffer.alloc(sizeOf('plainbuffer'))],
  ],
  (bytes) => {
    // Comparing three million rows takes longer than reading them.
    try {
      expect(decodeRows(bytes).length).toBeLessThan(bytes.length);
    } catch (error) {
      expect(error).toBeInstanceOf(PlainbufferError);
    }
  },
);

const BODIES = recordedOf('tablestore').map(({ body }) => body);

function protobufHolds(body: Buffer): void {
  for (const decode of DECODERS.values()) outcome(() => decode(body), MessageError, PlainbufferError, TablestoreError);
}

hostile('protobuf', mutatedBytes(BODIES), protobufHolds, 20);
large(
  'protobuf',
  [
    ['groups within groups', () => Buffer.alloc(sizeOf('protobuf'), 0x0b)],
    ['empty fields', () => filled(sizeOf('protobuf'), '\u000a\u0000')],
    ['numbers without end', () => Buffer.alloc(sizeOf('protobuf'), 0x80)],
    [
      'messages within messages',
      () => Buffer.concat(Array.from({ length: sizeOf('protobuf') / 64 }, () => Buffer.from([0x0a, 0x80, 0x80, 0x04]))),
    ],
  ],
  protobufHolds,
);

const ZIPS = [
  Buffer.from(zipSync({ 'index.js': strToU8('exports.handler = 1'), 'lib/a.js': strToU8('a'.repeat(1_000)) })),
  Buffer.from(zipSync({ 'index.js': [strToU8('x'), { level: 0 }] })),
];

describe('code packages', () => {
  const base = mkdtempSync(join(tmpdir(), 'trunkline-hostile-'));
  const folders = codeFolders(join(base, 'code'));
  afterAll(() => rmSync(base, { recursive: true, force: true }));
  let taken = 0;

  const zipHolds = (zip: Buffer): void => {
    const cloud = fcWorld();
    const code = { zipFile: zip.toString('base64') };
    const answer = cloud.ask('CreateFunction', { body: { ...FUNCTION, code } });
    if (!answer.ok) expect([answer.status, answer.code]).toEqual([400, 'InvalidArgument']);
    taken += 1;
    const checksum = `c${taken}`;
    try {
      const path = folders.take(checksum, () => zip);
      expect(path.startsWith(base)).toBe(true);
      folders.release(checksum);
    } catch (error) {
      // Node's own are of another realm than the test's.
      expect(String((error as Error).message)).toMatch(/\S/);
    }
    expect(cloud.ask('ListFunctions', { prefix: '', limit: null, nextToken: null }).ok).toBe(true);
  };

  hostile('code package', mutatedBytes(ZIPS), zipHolds);
  large(
    'code package',
    [
      ['zero bytes', () => Buffer.alloc(sizeOf('code package'))],
      ['ends without a directory', () => filled(sizeOf('code package'), 'PK\u0005\u0006')],
      [
        'many entries',
        () =>
          Buffer.from(
            zipSync(
              Object.fromEntries(
                Array.from({ length: Math.min(19_999, sizeOf('code package') / 400) }, (_, index) => [
                  `f${index}`,
                  new Uint8Array(),
                ]),
              ),
            ),
          ),
      ],
    ],
    zipHolds,
  );
});
