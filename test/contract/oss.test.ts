import { get } from 'node:http';
import OSS from 'ali-oss';
import type { Notification } from '../../local/world/oss/operations';
import {
  ACCESS_KEY_ID,
  ACCESS_KEY_SECRET,
  type LocalWire,
  REGION,
  STS_KEY_ID,
  STS_KEY_SECRET,
  STS_TOKEN,
  startLocalWire,
} from './local-wire';

let wire: LocalWire;

beforeAll(async () => {
  wire = await startLocalWire();
  const client = clientWith({ bucket: undefined });
  await client.putBucket('acme-topologies');
});
afterAll(() => wire.close());

const localhost = () => ({ endpoint: `http://localhost:${wire.port}`, sldEnable: true });
/** What the SDK can do and its types do not say. */
type Client = OSS & {
  putBucketVersioning(name: string, status: string): Promise<unknown>;
  getBucketVersioning(name: string): Promise<object>;
  getObjectMeta(name: string): Promise<{ res: { headers: object } }>;
  signatureUrlV4(method: string, expires: number, request: object, key: string): Promise<string>;
};

const clientWith = (options: object): Client =>
  new OSS({
    accessKeyId: ACCESS_KEY_ID,
    accessKeySecret: ACCESS_KEY_SECRET,
    bucket: 'acme-topologies',
    region: `oss-${REGION}`,
    ...localhost(),
    ...options,
  } as OSS.Options) as Client;

async function failureOf(promise: Promise<unknown>): Promise<{ status: number; code: string }> {
  return promise.then(
    () => ({ status: 0, code: 'it succeeded' }),
    ({ status, code }) => ({ status, code }),
  );
}

/** As a browser would: a presigned URL and nothing else. */
const fetchText = (url: string): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    }).on('error', reject);
  });

const KEY = 'topologies/büro 1+2/acme global.yaml';

describe.each([
  ['V1, the bucket in the path', () => localhost()],
  ['V4, the bucket in the path', () => ({ ...localhost(), authorizationV4: true })],
  ['V1, an IP with the bucket in the host', () => ({ endpoint: wire.endpoint, sldEnable: false })],
  [
    'V4, an IP with the bucket in the host',
    () => ({ endpoint: wire.endpoint, sldEnable: false, authorizationV4: true }),
  ],
  ['V1, an IP with the bucket in both', () => ({ endpoint: wire.endpoint, sldEnable: true })],
])('%s', (_, options) => {
  test('an object is put, read, looked at, copied, listed and deleted', async () => {
    const client = clientWith(options());
    const put = await client.put(KEY, Buffer.from('version: 1\n'), {
      headers: { 'Cache-Control': 'no-store' },
      meta: { ticket: 'CHG0030192' } as never,
    });
    expect(put.res.headers).toMatchObject({ etag: '"11A456755EB9FA796A0A76252386B85A"' });
    const read = await client.get(KEY);
    expect(String(read.content)).toBe('version: 1\n');
    expect(read.res.headers).toMatchObject({ 'cache-control': 'no-store', 'x-oss-meta-ticket': 'CHG0030192' });
    const head = await client.head(KEY);
    expect(head.meta).toEqual({ ticket: 'CHG0030192' });
    expect((head.res.headers as Record<string, string>)['content-length']).toBe('11');
    await client.copy('copies/acme.yaml', KEY);
    expect(String((await client.get('copies/acme.yaml')).content)).toBe('version: 1\n');
    const listed = await client.listV2({ prefix: 'topologies/', 'max-keys': '10' } as never, {});
    expect(listed.objects.map(({ name, size }) => [name, size])).toEqual([[KEY, 11]]);
    // Python's client reads times of whole seconds alone.
    expect(listed.objects[0]!.lastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    expect((await client.deleteMulti([KEY, 'copies/acme.yaml'])).deleted).toHaveLength(2);
    expect(await failureOf(client.get(KEY))).toEqual({ status: 404, code: 'NoSuchKey' });
    expect(await failureOf(client.head(KEY))).toEqual({ status: 404, code: 'NoSuchKey' });
  });

  test('a wrong secret is SignatureDoesNotMatch', async () => {
    const client = clientWith({ ...options(), accessKeySecret: 'wrong' });
    expect(await failureOf(client.get('any'))).toEqual({ status: 403, code: 'SignatureDoesNotMatch' });
  });
});

test('OSS itself refuses the second signature; no other service does', async () => {
  const headers = { host: wire.host, authorization: `OSS2 AccessKeyId:${ACCESS_KEY_ID},Signature:c2lnbmVk` };
  const request = {
    method: 'GET',
    path: '/acme-topologies/',
    query: '',
    headers,
    body: Buffer.alloc(0),
    remoteAddress: '127.0.0.1',
  };
  const { status, body } = await wire.serve(request);
  expect([status, /<Code>(.*)<\/Code>/.exec(String(body))?.[1]]).toEqual([400, 'InvalidArgument']);
});

describe('buckets', () => {
  test('a bucket is made, described, listed and deleted', async () => {
    const client = clientWith({ bucket: undefined });
    await client.putBucket('acme-other', { acl: 'public-read' } as never);
    expect((await client.getBucketACL('acme-other')).acl).toBe('public-read');
    await client.putBucketACL('acme-other', 'private');
    expect((await client.getBucketACL('acme-other')).acl).toBe('private');
    expect((await client.getBucketInfo('acme-other')).bucket).toMatchObject({
      Name: 'acme-other',
      Location: 'oss-us-east-1',
    });
    await client.putBucketVersioning('acme-other', 'Enabled');
    expect(await client.getBucketVersioning('acme-other')).toMatchObject({ versionStatus: 'Enabled' });
    const buckets = (await client.listBuckets({ prefix: 'acme-' })) as unknown as { buckets: { name: string }[] };
    expect(buckets.buckets.map(({ name }) => name)).toEqual(['acme-other', 'acme-topologies']);
    await client.deleteBucket('acme-other');
    expect(await failureOf(client.getBucketInfo('acme-other'))).toEqual({ status: 404, code: 'NoSuchBucket' });
  });

  test('a bucket with objects is not deleted', async () => {
    const client = clientWith({});
    await client.put('keep', Buffer.from('x'));
    expect(await failureOf(client.deleteBucket('acme-topologies'))).toEqual({ status: 409, code: 'BucketNotEmpty' });
    await client.delete('keep');
  });
});

describe('conditions and ranges', () => {
  beforeAll(() => clientWith({}).put('conditional', Buffer.from('0123456789')));
  const eTag = '"781E5E245D69B566979B86E28D23F2C7"';

  test('a part of an object is 206 with its place', async () => {
    const { res, content } = await clientWith({}).get('conditional', { headers: { Range: 'bytes=2-4' } });
    expect([res.status, (res.headers as Record<string, string>)['content-range'], String(content)]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
  });

  test.each([
    ['the same tag, asked for a change', { 'If-None-Match': eTag }, 304],
    ['another tag, asked for a change', { 'If-None-Match': '"0"' }, 200],
    ['the same tag, insisted on', { 'If-Match': eTag }, 200],
  ])('%s', async (_, headers, status) => {
    expect((await clientWith({}).get('conditional', { headers })).res.status).toBe(status);
  });

  test('another tag, insisted on, is PreconditionFailed', async () => {
    expect(await failureOf(clientWith({}).get('conditional', { headers: { 'If-Match': '"0"' } }))).toEqual({
      status: 412,
      code: 'PreconditionFailed',
    });
  });

  test('an object that must not be overwritten is FileAlreadyExists', async () => {
    const put = () => clientWith({}).put('once', Buffer.from('x'), { headers: { 'x-oss-forbid-overwrite': 'true' } });
    await put();
    expect(await failureOf(put())).toEqual({ status: 409, code: 'FileAlreadyExists' });
  });

  test('the short head has size and tag only', async () => {
    const { res } = await clientWith({}).getObjectMeta('conditional');
    expect(res.headers).toMatchObject({ etag: eTag, 'content-length': '10' });
    expect(res.headers).not.toHaveProperty('x-oss-object-type');
  });
});

describe('listing', () => {
  beforeAll(async () => {
    for (const key of ['list/a', 'list/b/1', 'list/b/2', 'list/c', 'list/d/1'])
      await clientWith({}).put(key, Buffer.from(key));
  });

  test('the first version folds at the delimiter and pages by marker', async () => {
    const query = { prefix: 'list/', delimiter: '/', 'max-keys': 2 };
    const first = await clientWith({}).list(query, {});
    expect([first.objects.map(({ name }) => name), first.prefixes, first.nextMarker]).toEqual([
      ['list/a'],
      ['list/b/'],
      'list/b/',
    ]);
    const second = await clientWith({}).list({ ...query, marker: 'list/b/' }, {});
    expect([second.objects.map(({ name }) => name), second.prefixes, second.isTruncated]).toEqual([
      ['list/c'],
      ['list/d/'],
      false,
    ]);
  });

  test('the second version pages by token', async () => {
    const query = { prefix: 'list/', 'max-keys': '3' } as never;
    const first = await clientWith({}).listV2(query, {});
    const token = (first as unknown as { nextContinuationToken: string }).nextContinuationToken;
    expect(first.objects.map(({ name }) => name)).toEqual(['list/a', 'list/b/1', 'list/b/2']);
    const second = await clientWith({}).listV2({ ...(query as object), 'continuation-token': token } as never, {});
    expect(second.objects.map(({ name }) => name)).toEqual(['list/c', 'list/d/1']);
  });
});

test.each([
  ['a line end', '%0d%0aX-Evil%3a1', 400],
  ['a NUL byte', 'a%00', 400],
  ['a euro sign', '%E2%82%AC', 200],
  ['a tab', 'a%09b', 200],
])('a header that a URL asks for with %s', async (_what, value, status) => {
  const client = clientWith({});
  await client.put('overrides.txt', Buffer.from('x'));
  const response = { 'content-type': decodeURIComponent(value) };
  expect((await fetchText(client.signatureUrl('overrides.txt', { response }))).status).toBe(status);
});

test('keys that XML must escape are deleted under their own names', async () => {
  const key = `odd/it's "5 < 6" & more.txt`;
  await clientWith({}).put(key, Buffer.from('x'));
  expect((await clientWith({}).listV2({ prefix: 'odd/' } as never, {})).objects.map(({ name }) => name)).toEqual([key]);
  await clientWith({}).deleteMulti([key]);
  expect(await failureOf(clientWith({}).head(key))).toEqual({ status: 404, code: 'NoSuchKey' });
});

describe('presigned URLs', () => {
  beforeAll(() => clientWith({}).put('shared file.txt', Buffer.from('for you')));

  test('a link of the first version opens until it ends', async () => {
    const client = clientWith({});
    expect(await fetchText(client.signatureUrl('shared file.txt', { expires: 60 }))).toEqual({
      status: 200,
      text: 'for you',
    });
    const ended = await fetchText(client.signatureUrl('shared file.txt', { expires: -60 }));
    expect([ended.status, /<Code>(.*?)<\/Code>/.exec(ended.text)?.[1]]).toEqual([403, 'AccessDenied']);
  });

  test('a link of the fourth version opens, and not for another object', async () => {
    const client = clientWith({ authorizationV4: true });
    const url = await client.signatureUrlV4('GET', 60, {}, 'shared file.txt');
    expect(await fetchText(url)).toEqual({ status: 200, text: 'for you' });
    expect((await fetchText(url.replace('shared%20file.txt', 'conditional'))).status).toBe(403);
  });

  test('a link of temporary credentials carries its token', async () => {
    const temporary = clientWith({
      accessKeyId: STS_KEY_ID,
      accessKeySecret: STS_KEY_SECRET,
      stsToken: STS_TOKEN,
      // Without it the SDK warns on the console.
      refreshSTSToken: () => Promise.reject(new Error('not needed in a test')),
      refreshSTSTokenInterval: 300_000,
    });
    expect((await fetchText(temporary.signatureUrl('shared file.txt', { expires: 60 }))).status).toBe(200);
  });
});

test('an unknown key is InvalidAccessKeyId', async () => {
  const client = clientWith({ accessKeyId: 'LTAInobody' });
  expect(await failureOf(client.get('any'))).toEqual({ status: 403, code: 'InvalidAccessKeyId' });
});

test('what arrives and what goes is kept as notifications, in order', async () => {
  const client = clientWith({});
  const before = wire.world.state.size('oss.notifications');
  await client.put('topologies/acme.yaml', Buffer.from('12345'));
  await client.put('topologies/acme.yaml', Buffer.from('123'));
  await client.delete('topologies/acme.yaml');
  await client.delete('topologies/acme.yaml');
  const seen = wire.world.state.values<Notification>('oss.notifications').slice(before);
  expect(seen.map(({ eventName, key, size, deltaSize }) => [eventName, key, size, deltaSize])).toEqual([
    ['ObjectCreated:PutObject', 'topologies/acme.yaml', 5, 5],
    ['ObjectCreated:PutObject', 'topologies/acme.yaml', 3, -2],
    ['ObjectRemoved:DeleteObject', 'topologies/acme.yaml', 3, -3],
  ]);
});
