/**
 * Bytes on the local cloud's port, whatever they are: the connection ends or is answered, and the next good request is
 * served, over plain HTTP and over TLS.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { serverCertificates } from '../../../local/runtime/certificates/server-certificates';
import { openLocalCa } from '../../../local/runtime/local-ca';
import { systemClock } from '../../../shared/clock';
import { type LocalWire, startLocalWire } from '../../contract/local-wire';
import { expectDiscreet, filled, hostile, large, sizeOf } from './hostile';
import { mutatedBytes } from './mutations';

const folder = mkdtempSync(join(tmpdir(), 'trunkline-hostile-'));
const clock = systemClock();
const authority = openLocalCa(folder, clock.now());
const ca = readFileSync(authority.caFile, 'utf8');
let local: LocalWire;
const defects: unknown[] = [];
const onDefect = (error: unknown): void => {
  defects.push(error);
};

beforeAll(async () => {
  process.on('unhandledRejection', onDefect).on('uncaughtException', onDefect);
  local = await startLocalWire({ certificates: serverCertificates(authority, () => clock.now()) });
});
afterAll(async () => {
  await local.close();
  process.off('unhandledRejection', onDefect).off('uncaughtException', onDefect);
  rmSync(folder, { recursive: true });
});

/** Longer than any answer takes on loopback; then the client goes, in the midst of whatever it is. */
const PATIENCE_MS = 30;

/** All that came back until the connection ended, was answered, or nobody waited any longer. */
const sent = (bytes: Buffer, patienceMs = PATIENCE_MS): Promise<string> =>
  new Promise((resolve) => {
    let heard = '';
    const socket = connect({ host: '127.0.0.1', port: local.port, noDelay: true });
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.on('error', () => undefined).on('close', () => resolve(heard));
    socket.on('data', (chunk: Buffer) => {
      if (heard.length < 100_000) heard += chunk.toString('latin1');
    });
    socket.write(bytes);
  });

const overTls = (): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const asked = { host: '127.0.0.1', port: local.port, path: '/nowhere', ca, agent: false };
    get(asked, (response) => response.resume().on('end', () => resolve(response.statusCode))).on('error', reject);
  });

async function expectServed(): Promise<void> {
  expect((await fetch(`${local.endpoint}/nowhere`)).status).toBe(404);
  expect(await overTls()).toBe(404);
  expect(defects).toEqual([]);
}

const LF = '\r\n';
const head = (...lines: string[]): string => `${lines.join(LF)}${LF}${LF}`;
const HTTP = [
  head('GET /nowhere HTTP/1.1', 'host: a'),
  `${head('POST / HTTP/1.1', 'host: a', 'content-type: application/x-www-form-urlencoded', 'content-length: 19')}Action=DescribeVpcs`,
  `${head('PUT /b/k HTTP/1.1', 'host: a', 'authorization: OSS a:b', 'transfer-encoding: chunked')}5${LF}hello${LF}0${LF}${LF}`,
  `${head('POST /GetRow HTTP/1.1', 'host: a', 'x-ots-apiversion: 2015-12-31', 'expect: 100-continue', 'content-length: 2')}{}`,
  head('GET /queues HTTP/1.1', 'host: a', 'x-mns-version: 2015-06-06', 'connection: upgrade', 'upgrade: websocket'),
  head('HEAD /2023-03-30/functions HTTP/1.0'),
  `${head('GET / HTTP/1.1', 'host: a', 'content-length: 4', 'transfer-encoding: chunked')}0${LF}${LF}GET /smuggled HTTP/1.1${LF}${LF}`,
];

async function httpHolds(bytes: Buffer): Promise<void> {
  const heard = await sent(bytes);
  // 0x15 is a TLS alert: a byte was turned into a handshake's first.
  if (heard !== '' && heard.charCodeAt(0) !== 0x15) expect(heard).toMatch(/^HTTP\/1\.1 [1-5]\d\d /);
  expect(heard).not.toMatch(/^HTTP\/1\.1 500/);
  expectDiscreet(heard);
}

/** A client hello of TLS 1.2: record, handshake, version, random, no session, two suites, no compression, server name. */
const HELLO = Buffer.concat([
  Buffer.from('16030100450100004103', 'hex'),
  Buffer.from('03', 'hex'),
  Buffer.alloc(32, 7),
  Buffer.from('000004c02fc0300100', 'hex'),
  Buffer.from('0014000000100e000b0000', 'hex'),
  Buffer.from('acme.example'),
]);

test('what is not spoiled is answered', async () => {
  const request = head('GET /nowhere HTTP/1.1', 'host: a', 'connection: close');
  expect(await sent(Buffer.from(request), 10_000)).toMatch(/^HTTP\/1\.1 404 /);
});

const both = fc.oneof(
  mutatedBytes(HTTP),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);
hostile('HTTP bytes', both, httpHolds);
hostile(
  'TLS bytes',
  mutatedBytes([HELLO]).map((bytes) => Buffer.concat([Buffer.from([0x16]), bytes.subarray(1)])),
  async (bytes) => {
    expectDiscreet(await sent(bytes));
  },
  15,
);

large(
  'HTTP bytes',
  [
    ['a line without end', () => filled(sizeOf('HTTP bytes'), 'a', 'GET /')],
    ['headers without end', () => filled(sizeOf('HTTP bytes'), `a: b${LF}`, `GET / HTTP/1.1${LF}`)],
    ['one header without end', () => filled(sizeOf('HTTP bytes'), 'a', `GET / HTTP/1.1${LF}a: `)],
    ['newlines', () => filled(sizeOf('HTTP bytes'), LF)],
    ['requests one behind the other', () => filled(sizeOf('HTTP bytes'), HTTP[0] ?? '')],
    ['a length that lies', () => Buffer.from(`${head('POST / HTTP/1.1', 'host: a', 'content-length: 99999999999')}a`)],
    ['a length that is none', () => Buffer.from(head('POST / HTTP/1.1', 'host: a', 'content-length: -1'))],
    [
      'chunks of one byte',
      () =>
        filled(
          sizeOf('HTTP bytes'),
          `1${LF}a${LF}`,
          head('PUT /b/k HTTP/1.1', 'host: a', 'authorization: OSS a:b', 'transfer-encoding: chunked'),
        ),
    ],
    ['NUL bytes', () => Buffer.alloc(sizeOf('HTTP bytes'))],
  ],
  httpHolds,
);
large(
  'TLS bytes',
  [
    [
      'a record without end',
      () => Buffer.concat([Buffer.from([0x16, 3, 1, 0xff, 0xff]), Buffer.alloc(sizeOf('TLS bytes'))]),
    ],
    ['records of nothing', () => filled(sizeOf('TLS bytes'), '\u0016\u0003\u0001\u0000\u0000')],
    [
      'a handshake that lies of its length',
      () => Buffer.concat([Buffer.from([0x16, 3, 1, 0, 4, 1, 0xff, 0xff, 0xff]), Buffer.alloc(100)]),
    ],
  ],
  async (bytes) => {
    expectDiscreet(await sent(bytes));
  },
);

test('three hundred connections of half a hello, and of half a request, keep nobody out', async () => {
  const halves = [
    HELLO.subarray(0, 20),
    Buffer.from('POST / HTT'),
    Buffer.from(head('POST / HTTP/1.1', 'host: a', 'content-length: 100')),
  ];
  const sockets = Array.from({ length: 300 }, (_, index) => {
    const socket = connect({ host: '127.0.0.1', port: local.port });
    socket.on('error', () => undefined).write(halves[index % halves.length] ?? '');
    return socket;
  });
  await expectServed();
  for (const socket of sockets) socket.destroy();
});

afterEach(expectServed);
