/** TLS and plain HTTP on one port, with the official clients and with bad ones. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { Agent, get, type RequestOptions } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import OpenApi, { $OpenApiUtil } from '@alicloud/openapi-core';
import OSS from 'ali-oss';
import { serverCertificates } from '../../local/runtime/certificates/server-certificates';
import { openLocalCa } from '../../local/runtime/local-ca';
import { createDoor } from '../../local/wire/door';
import { rpcActions, rpcEffects } from '../../local/world/rpc/registry';
import { rpcService } from '../../local/world/rpc/service';
import { systemClock } from '../../shared/clock';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, ACCOUNT_ID, type LocalWire, REGION, startLocalWire } from './local-wire';

const folder = mkdtempSync(join(tmpdir(), 'trunkline-tls-'));
const clock = systemClock();
const authority = openLocalCa(folder, clock.now());
const ca = readFileSync(authority.caFile, 'utf8');
let local: LocalWire;

beforeAll(async () => {
  const certificates = serverCertificates(authority, () => clock.now());
  local = await startLocalWire({ certificates, services: { rpc: rpcService(rpcActions, rpcEffects) } });
});
afterAll(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

const status = (options: RequestOptions): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const asked = { host: '127.0.0.1', port: local.port, path: '/nowhere', ca, agent: false, ...options };
    get(asked, (response) => response.resume().on('end', () => resolve(response.statusCode))).on('error', reject);
  });

const ended = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let heard = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      heard += text;
    });
    socket.on('error', () => undefined).on('close', () => resolve(heard));
  });

const served = async (): Promise<[number | undefined, number]> => [
  await status({}),
  (await fetch(`${local.endpoint}/nowhere`)).status,
];

test('one port answers both, and each keeps its connections alive', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca });
  expect([await status({ agent }), await status({ agent })]).toEqual([404, 404]);
  expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
  agent.destroy();
  expect(await served()).toEqual([404, 404]);
});

describe('ali-oss with secure: true', () => {
  /** The agent is in none of its types; `ca` cannot be given otherwise but for the whole process. */
  const client = (httpsAgent?: Agent) =>
    new OSS({
      endpoint: `https://127.0.0.1:${local.port}`,
      region: `oss-${REGION}`,
      bucket: 'over-tls',
      accessKeyId: ACCESS_KEY_ID,
      accessKeySecret: ACCESS_KEY_SECRET,
      secure: true,
      ...(httpsAgent ? { httpsAgent } : {}),
    });

  test('it names the bucket’s host, and gets a certificate for it', async () => {
    const oss = client(new Agent({ ca }));
    await oss.putBucket('over-tls');
    await oss.put('a/b.yaml', Buffer.from('content'));
    expect((await oss.get('a/b.yaml')).content.toString()).toBe('content');
  });

  test('without the authority it refuses to speak', async () => {
    const oss = client();
    await expect(oss.get('a/b.yaml')).rejects.toThrow(/certificate/);
  });
});

test.each([
  ['an address, which has no name to send', {}],
  ['localhost', { servername: 'localhost' }],
  ['a service', { servername: 'vpc.us-east-1.aliyuncs.com' }],
  ['a bucket', { servername: 'some-bucket.oss-us-east-1-internal.aliyuncs.com' }],
  ['a name in capitals', { servername: 'VPC.us-east-1.AliYunCS.com' }],
  ['a bucket below localhost', { servername: 'some-bucket.localhost' }],
  ['a function’s own domain', { servername: 'trunkline-webhook-abc.us-east-1.fcapp.run' }],
])('a client that trusts the authority believes %s', async (_what, options) => {
  expect(await status(options)).toBe(404);
});

test.each([
  ['a name that is nobody’s here', { servername: 'example.com' }],
  ['a name that only ends like one of ours', { servername: 'notaliyuncs.com' }],
  ['a name with ours as its beginning', { servername: 'aliyuncs.com.example.com' }],
])('%s gets a certificate that does not fit it', async (_what, options) => {
  await expect(status(options)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  expect(await served()).toEqual([404, 404]);
});

test('a client that does not trust the authority fails', async () => {
  await expect(status({ ca: [] })).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
});

test('names are answered beyond as many as are kept', async () => {
  for (let index = 0; index < 210; index += 1)
    expect(await status({ servername: `bucket-${index}.oss-us-east-1.aliyuncs.com` })).toBe(404);
}, 20_000);

/** What a client sends first. */
const clientHello = (): Promise<Buffer> =>
  new Promise((resolve) => {
    const write = (chunk: Buffer, _encoding: string, done: () => void) => {
      resolve(chunk);
      done();
    };
    connectTls({ socket: new Duplex({ read: () => undefined, write }), ca }).on('error', () => undefined);
  });

describe('bad clients leave the server as it was', () => {
  afterEach(async () => {
    expect(await served()).toEqual([404, 404]);
  });
  const open = () => connect(local.port, '127.0.0.1');

  test.each([
    ['bytes that are neither', Buffer.from([0x00, 0xff, 0x80, 0x0a, 0x0a])],
    ['an SSH greeting', Buffer.from('SSH-2.0-OpenSSH_9.6\r\n')],
    ['another first byte of TLS: an alert', Buffer.from([0x15, 3, 1, 0, 2, 2, 40])],
  ])('%s: refused as HTTP', async (_what, bytes) => {
    const socket = open();
    socket.write(bytes);
    expect(await ended(socket)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('a handshake that is none', async () => {
    const socket = open();
    socket.write(Buffer.concat([Buffer.from([0x16, 3, 1, 0, 20]), Buffer.alloc(20, 0x41)]));
    // An alert, and the end; never a page of HTTP.
    expect((await ended(socket)).slice(0, 1)).toBe('\x15');
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['the first byte only', Buffer.of(0x16)],
    ['half a record', Buffer.from([0x16, 3, 1, 2, 0, 1, 0])],
    ['half a request', Buffer.from('GET / HT')],
  ])('gone after %s', async (_what, bytes) => {
    for (const leave of ['end', 'resetAndDestroy'] as const) {
      const socket = open();
      const gone = ended(socket);
      await new Promise<void>((resolve) => socket.once('connect', resolve));
      await new Promise<void>((resolve) => (bytes.length ? socket.write(bytes, () => resolve()) : resolve()));
      socket[leave]();
      await gone;
    }
  });

  test('gone in the midst of the handshake, and right after it', async () => {
    const raw = open();
    raw.write(await clientHello());
    await new Promise<void>((resolve) => raw.once('data', () => resolve()));
    raw.resetAndDestroy();
    const whole = connectTls({ host: '127.0.0.1', port: local.port, ca });
    await new Promise<void>((resolve) => whole.once('secureConnect', resolve));
    whole.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc');
    whole.destroy();
  });
});

test('the official core client calls over https', async () => {
  const config = {
    accessKeyId: ACCESS_KEY_ID,
    accessKeySecret: ACCESS_KEY_SECRET,
    endpoint: local.host,
    protocol: 'https',
  };
  const call = {
    action: 'GetCallerIdentity',
    version: '2015-04-01',
    protocol: 'HTTPS',
    pathname: '/',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  };
  const ask = (trusted: object) =>
    new OpenApi(new $OpenApiUtil.Config({ ...config, ...trusted })).callApi(
      new $OpenApiUtil.Params(call),
      new $OpenApiUtil.OpenApiRequest({}),
      // Its class lies in a package that is not ours to import.
      {} as never,
    );
  expect((await ask({ ca })).body).toMatchObject({ AccountId: ACCOUNT_ID });
  await expect(ask({})).rejects.toThrow(/certificate/);
});

test('a client that never sends a byte is shown out', async () => {
  const { server, close } = createDoor(createServer(), null, 20);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  expect(await ended(connect((server.address() as AddressInfo).port, '127.0.0.1'))).toBe('');
  await close();
});

test('closing ends what is open of either kind, the silent too', async () => {
  const certificates = serverCertificates(authority, () => clock.now());
  const other = await startLocalWire({ certificates });
  const silent = connect(other.port, '127.0.0.1');
  const whole = connectTls({ host: '127.0.0.1', port: other.port, ca });
  const ends = [ended(silent), ended(whole)];
  await new Promise<void>((resolve) => whole.once('secureConnect', resolve));
  await other.close();
  expect(await Promise.all(ends)).toEqual(['', '']);
});
