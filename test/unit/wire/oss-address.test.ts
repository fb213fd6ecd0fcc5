import { addresses } from '../../../local/wire/oss/address';

const at = (host: string, path: string) =>
  addresses({ method: 'GET', path, query: null, headers: { host }, body: Buffer.alloc(0), remoteAddress: '' });

test.each([
  ['an IP: the first part of the path', '127.0.0.1:4560', '/b-1/a/b.yaml', [{ bucket: 'b-1', key: 'a/b.yaml' }]],
  ['localhost: the same', 'localhost:4560', '/b-1/k', [{ bucket: 'b-1', key: 'k' }]],
  ['slashes of the key escaped, as Go clients do', '127.0.0.1', '/b-1/a%2Fb', [{ bucket: 'b-1', key: 'a/b' }]],
  ['a bucket alone', '127.0.0.1', '/b-1', [{ bucket: 'b-1', key: null }]],
  ['a bucket with a slash', '127.0.0.1', '/b-1/', [{ bucket: 'b-1', key: null }]],
  ['no bucket', '127.0.0.1', '/', [{ bucket: null, key: null }]],
  ['a bucket in the host', 'b-1.oss-cn-hangzhou.aliyuncs.com', '/a/b', [{ bucket: 'b-1', key: 'a/b' }]],
  ['a bucket under localhost', 'b-1.localhost:4560', '/', [{ bucket: 'b-1', key: null }]],
  ['the service’s own host', 'oss-us-east-1.aliyuncs.com', '/b-1/k', [{ bucket: 'b-1', key: 'k' }]],
  [
    'the same bucket in host and path: either may be meant',
    'b-1.oss-cn-hangzhou.aliyuncs.com',
    '/b-1/k',
    [
      { bucket: 'b-1', key: 'k' },
      { bucket: 'b-1', key: 'b-1/k' },
    ],
  ],
])('%s', (_, host, path, expected) => {
  expect(at(host, path)).toEqual(expected);
});
