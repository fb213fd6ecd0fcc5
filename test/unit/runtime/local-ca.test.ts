/** The authority of the local cloud's TLS: who may read it, how long it lasts, what it may vouch for. */
import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { serverCertificate } from '../../../local/runtime/certificates/certificate';
import { serverCertificates } from '../../../local/runtime/certificates/server-certificates';
import { openLocalCa } from '../../../local/runtime/local-ca';
import { epochMs, systemClock } from '../../../shared/clock';
import { temporaryFolder } from './bundled';

const DAY_MS = 86_400_000;
const now = systemClock().now();
const later = (days: number) => epochMs(now + days * DAY_MS);

let data: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  data = temporaryFolder('ca');
});
afterEach(() => data.remove());

const keyFile = () => join(data.path, 'ca-key.pem');
const pemOf = (file: string) => readFileSync(file, 'utf8');

test('it is made once, for ten years, and its key is its owner’s alone', () => {
  const made = openLocalCa(data.path, now);
  const pem = pemOf(made.caFile);
  const read = new X509Certificate(pem);
  expect(made.caFile).toBe(join(data.path, 'ca.pem'));
  expect(readdirSync(data.path).sort()).toEqual(['ca-key.pem', 'ca.pem']);
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  expect(pem).not.toContain('PRIVATE');
  expect([read.ca, read.subject, read.issuer]).toEqual([true, 'CN=Trunkline local CA', 'CN=Trunkline local CA']);
  expect(read.verify(createPublicKey(made.key))).toBe(true);
  expect(Math.round((Date.parse(read.validTo) - now) / DAY_MS)).toBe(3_652);
  expect(openLocalCa(data.path, later(3_000)).key.equals(made.key)).toBe(true);
  expect(pemOf(made.caFile)).toBe(pem);
});

test.each([
  ['it nears its end', () => undefined, later(3_600)],
  ['its file is cut off', () => writeFileSync(keyFile(), pemOf(keyFile()).slice(0, 300)), now],
  ['its file is empty', () => writeFileSync(keyFile(), ''), now],
  ['it begins in the future, by a clock that was wrong', () => undefined, later(-3)],
  [
    'its key is another’s',
    () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const other = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      writeFileSync(keyFile(), pemOf(keyFile()).replace(/-----BEGIN PRIVATE.*/s, other));
    },
    now,
  ],
])('it is made anew where %s', (_why, spoil, at) => {
  const first = openLocalCa(data.path, now);
  spoil();
  const second = openLocalCa(data.path, at);
  expect(second.key.equals(first.key)).toBe(false);
  expect(new X509Certificate(pemOf(second.caFile)).verify(createPublicKey(second.key))).toBe(true);
  expect(openLocalCa(data.path, at).key.equals(second.key)).toBe(true);
});

test('what clients trust is put back where it was lost, and a key that others could read is closed', () => {
  const first = openLocalCa(data.path, now);
  const pem = pemOf(first.caFile);
  writeFileSync(first.caFile, 'something else');
  chmodSync(keyFile(), 0o644);
  expect(pemOf(openLocalCa(data.path, now).caFile)).toBe(pem);
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
});

test('a server’s certificate says its names, and that it is no authority', () => {
  const certificates = serverCertificates(openLocalCa(data.path, now), () => now);
  const own = new X509Certificate(certificates.own().cert);
  expect([own.ca, own.subjectAltName]).toEqual([
    false,
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
  ]);
  expect(own.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(certificates.named('vpc.us-east-1.aliyuncs.com')).not.toBeNull();
  for (const name of ['example.com', 'notaliyuncs.com', 'a..aliyuncs.com', 'a\0.aliyuncs.com', ''])
    expect(certificates.named(name)).toBeNull();
});

test.each([
  ['vpc.us-east-1.aliyuncs.com', null],
  ['127.0.0.1', null],
  ['::1', null],
  ['example.com', 'permitted subtree violation'],
  ['192.168.1.1', 'permitted subtree violation'],
])('what the authority signs for %s: %s', async (name, refusal) => {
  const ca = openLocalCa(data.path, now);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const validity = { from: later(-1), until: later(1) };
  const cert = serverCertificate(ca, validity, { names: [name], publicKey: createPublicKey(privateKey) });
  const server = createServer({ cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const refused = await new Promise<string | null>((resolve) => {
    const { port } = server.address() as AddressInfo;
    // Only the authority's own limits are asked about, not which host was called.
    const options = { host: '127.0.0.1', port, ca: pemOf(ca.caFile), checkServerIdentity: () => undefined };
    const socket = connect(options, () => {
      socket.destroy();
      resolve(null);
    });
    socket.on('error', (error) => resolve(error.message));
  });
  await new Promise((resolve) => server.close(resolve));
  expect(refused).toBe(refusal);
});
