import { crc64 } from '../../../../local/world/oss/crc64';
import {
  type Notification,
  type OperationName,
  type Operations,
  type OssInput,
  type OssOutput,
  ossRequest,
  type Preconditions,
} from '../../../../local/world/oss/operations';
import { oss } from '../../../../local/world/oss/service';
import { World } from '../../../../local/world/world';
import { epochMs } from '../../../../shared/clock';

const START = Date.UTC(2026, 10, 22, 12);
const caller = { accountId: '1', accessKeyId: 'id', roleArn: null };

function setUp() {
  const world = new World({ seed: 's', accountId: '1', region: 'us-east-1', quotas: {}, durationFactor: 1 }, { oss });
  const done = <K extends OperationName>(operation: K, input: Operations[K]['input']): Operations[K]['result'] => {
    const request = ossRequest(caller, { operation, ...input } as unknown as OssInput);
    const output = world.handle(epochMs(START), request).response.output as OssOutput<K>;
    if (!output.ok) throw new Error(`${output.status} ${output.code}: ${output.message}`);
    return output.result;
  };
  done('PutBucket', { bucket: 'b-1', acl: null, storageClass: null });
  const put = (key: string, text = key, more: Partial<Operations['PutObject']['input']> = {}) =>
    done('PutObject', {
      bucket: 'b-1',
      key,
      body: Buffer.from(text).toString('base64'),
      contentType: 'text/plain',
      headers: {},
      metadata: {},
      forbidOverwrite: false,
      sourceIp: '127.0.0.1',
      ...more,
    });
  const notifications = () => world.state.values<Notification>('oss.notifications');
  return { done, put, notifications };
}

test.each([
  ['the usual check text', '123456789', '11051210869376104954'],
  ['nothing', '', '0'],
])('crc64 of %s', (_, text, expected) => {
  expect(crc64(Buffer.from(text))).toBe(expected);
});

test('an object says its MD5, its checksum and its size', () => {
  const { done, put } = setUp();
  expect(put('k', '123456789')).toMatchObject({
    eTag: '25F9E794323B453885F5181F1B624D0B',
    crc64: '11051210869376104954',
  });
  expect(done('GetObject', { bucket: 'b-1', key: 'k', preconditions: {} })).toMatchObject({
    size: 9,
    modifiedAt: START,
    contentType: 'text/plain',
  });
});

describe('preconditions', () => {
  const eTag = '25F9E794323B453885F5181F1B624D0B';
  test.each<[string, Preconditions, RegExp | null]>([
    ['the same tag insisted on', { ifMatch: eTag }, null],
    ['any tag insisted on', { ifMatch: '*' }, null],
    ['another tag insisted on', { ifMatch: 'X' }, /412 PreconditionFailed/],
    ['the same tag not wanted', { ifNoneMatch: eTag }, /304 NotModified/],
    ['changed since a second before', { ifModifiedSince: START - 1_000 }, null],
    ['changed since the same second', { ifModifiedSince: START }, /304 NotModified/],
    ['unchanged since a second before', { ifUnmodifiedSince: START - 1_000 }, /412 PreconditionFailed/],
    ['must hold comes before saves a transfer', { ifMatch: 'X', ifNoneMatch: eTag }, /412/],
  ])('%s', (_, preconditions, error) => {
    const { done, put } = setUp();
    put('k', '123456789');
    const get = () => done('GetObject', { bucket: 'b-1', key: 'k', preconditions });
    if (error) expect(get).toThrow(error);
    else expect(get().eTag).toBe(eTag);
  });
});

describe('listing', () => {
  const KEYS = ['a', 'dir/1', 'dir/2', 'dir/sub/3', 'e', 'zoo/1'];
  const list = (input: Partial<Operations['ListObjects']['input']>) => {
    const { done, put } = setUp();
    for (const key of KEYS) put(key);
    const { objects, prefixes, next } = done('ListObjects', {
      bucket: 'b-1',
      prefix: '',
      delimiter: '',
      after: '',
      maxKeys: 100,
      ...input,
    });
    return [objects.map(({ key }) => key), prefixes, next];
  };

  test.each<[string, Partial<Operations['ListObjects']['input']>, [string[], string[], string | null]]>([
    ['all', {}, [KEYS, [], null]],
    ['folded at the delimiter', { delimiter: '/' }, [['a', 'e'], ['dir/', 'zoo/'], null]],
    ['a folder', { prefix: 'dir/', delimiter: '/' }, [['dir/1', 'dir/2'], ['dir/sub/'], null]],
    ['a page', { maxKeys: 2 }, [['a', 'dir/1'], [], 'dir/1']],
    ['the page behind it', { after: 'dir/1', maxKeys: 2 }, [['dir/2', 'dir/sub/3'], [], 'dir/sub/3']],
    ['a page that ends in a folder', { delimiter: '/', maxKeys: 2 }, [['a'], ['dir/'], 'dir/']],
    ['the page behind the folder', { delimiter: '/', after: 'dir/' }, [['e'], ['zoo/'], null]],
    ['exactly a page has no next', { prefix: 'dir/', maxKeys: 3 }, [['dir/1', 'dir/2', 'dir/sub/3'], [], null]],
    ['a start behind the prefix', { prefix: 'dir/', after: 'zoo' }, [[], [], null]],
  ])('%s', (_, input, expected) => {
    expect(list(input)).toEqual(expected);
  });
});

test('each arrival and removal is a notification with the request that caused it; a refused put is none', () => {
  const { done, put, notifications } = setUp();
  put('k', '12345');
  expect(() => put('k', '1', { forbidOverwrite: true })).toThrow(/409 FileAlreadyExists/);
  done('CopyObject', {
    source: { bucket: 'b-1', key: 'k' },
    bucket: 'b-1',
    key: 'copy',
    properties: null,
    preconditions: {},
    forbidOverwrite: false,
    sourceIp: '127.0.0.1',
  });
  done('DeleteObjects', { bucket: 'b-1', keys: ['k', 'never', 'copy'], sourceIp: '127.0.0.1' });
  expect(
    notifications().map(({ sequence, eventName, key, deltaSize }) => [sequence, eventName, key, deltaSize]),
  ).toEqual([
    [1, 'ObjectCreated:PutObject', 'k', 5],
    [2, 'ObjectCreated:CopyObject', 'copy', 5],
    [3, 'ObjectRemoved:DeleteObjects', 'k', -5],
    [4, 'ObjectRemoved:DeleteObjects', 'copy', -5],
  ]);
  expect(notifications()[0]).toMatchObject({
    bucket: 'b-1',
    size: 5,
    eTag: '827CCB0EEA8A706C4C34A16891F84E7B',
    at: START,
    sourceIp: '127.0.0.1',
    requestId: expect.stringMatching(/^[0-9A-F]{8}-/),
  });
});

test('a copy keeps the properties of its source, or takes new ones', () => {
  const { done, put } = setUp();
  put('k', 'x', { metadata: { ticket: '1' } });
  const copy = (key: string, properties: Operations['CopyObject']['input']['properties']) => {
    done('CopyObject', {
      source: { bucket: 'b-1', key: 'k' },
      bucket: 'b-1',
      key,
      properties,
      preconditions: {},
      forbidOverwrite: false,
      sourceIp: '',
    });
    return done('GetObject', { bucket: 'b-1', key, preconditions: {} }).metadata;
  };
  expect(copy('same', null)).toEqual({ ticket: '1' });
  expect(copy('other', { contentType: 'text/css', headers: {}, metadata: { ticket: '2' } })).toEqual({ ticket: '2' });
});

test.each([
  ['a key that begins with a slash', '/k', /400 InvalidObjectName/],
  ['a key too long', 'k'.repeat(1_024), /400 InvalidObjectName/],
])('%s is refused', (_, key, error) => {
  const { put } = setUp();
  expect(() => put(key)).toThrow(error);
});

test.each(['UPPER', 'a', '-a', 'under_score'])('the bucket name %s is refused', (bucket) => {
  const { done } = setUp();
  expect(() => done('PutBucket', { bucket, acl: null, storageClass: null })).toThrow(/400 InvalidBucketName/);
});
