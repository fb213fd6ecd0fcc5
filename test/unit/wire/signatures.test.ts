/** Each scheme against the worked example of the service's documentation, or one verified with a second client. */
import type { RawRequest } from '../../../local/wire/raw';
import { rpcParameters } from '../../../local/wire/rpc/parameters';
import { acs3Claim } from '../../../local/wire/signatures/acs3';
import type { Claim } from '../../../local/wire/signatures/claim';
import { ossV1Claim } from '../../../local/wire/signatures/oss-v1';
import { ossV4Claim } from '../../../local/wire/signatures/oss-v4';
import { rpcV1Claim } from '../../../local/wire/signatures/rpc-v1';
import { parseOtsDate } from '../../../local/wire/signatures/tablestore';

const request = (parts: Partial<RawRequest>): RawRequest => ({
  method: 'GET',
  path: '/',
  query: null,
  headers: {},
  body: Buffer.alloc(0),
  remoteAddress: '127.0.0.1',
  ...parts,
});

const claimed = (claim: Claim | 'unsigned' | 'malformed'): Claim => {
  if (typeof claim === 'string') throw new Error(claim);
  return claim;
};

test('ACS3: the documentation’s RunInstances', () => {
  const claim = claimed(
    acs3Claim(
      request({
        method: 'POST',
        query: 'ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai',
        headers: {
          host: 'ecs.cn-shanghai.aliyuncs.com',
          'x-acs-action': 'RunInstances',
          'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
          'x-acs-date': '2023-10-26T10:22:32Z',
          'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
          'x-acs-version': '2014-05-26',
          authorization:
            'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
        },
      }),
    ),
  );
  expect(claim.accessKeyId).toBe('YourAccessKeyId');
  expect(claim.signedAt).toBe(Date.UTC(2023, 9, 26, 10, 22, 32));
  expect(claim.sign('YourAccessKeySecret')).toBe(claim.signature);
});

test('RPC, first generation: the documentation’s DescribeRegions', () => {
  const call = request({
    query:
      'Timestamp=2016-02-23T12%3A46%3A24Z&Format=XML&AccessKeyId=testid&Action=DescribeRegions&SignatureMethod=HMAC-SHA1&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&Version=2014-05-26&SignatureVersion=1.0&Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D',
  });
  const claim = claimed(rpcV1Claim(call, rpcParameters(call)));
  expect(claim.signature).toBe('OLeaidS1JvxuMvnyHOwuJ+uX5qY=');
  expect(claim.sign('testsecret')).toBe(claim.signature);
});

test('RPC, first generation: an empty parameter is part of what is signed', () => {
  const signatureOf = (query: string) => {
    const call = request({ query: `${query}&AccessKeyId=testid&Signature=x` });
    return claimed(rpcV1Claim(call, rpcParameters(call))).sign('testsecret');
  };
  expect(signatureOf('Action=A&SignatureType=')).not.toBe(signatureOf('Action=A'));
});

test('OSS V1: the documentation’s PUT of nelson', () => {
  const claim = claimed(
    ossV1Claim(
      request({
        method: 'PUT',
        path: '/nelson',
        headers: {
          'content-md5': 'ODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM=',
          'content-type': 'text/html',
          date: 'Thu, 17 Nov 2005 18:49:58 GMT',
          'x-oss-meta-author': 'foo@bar.com',
          'x-oss-magic': 'abracadabra',
          authorization: 'OSS 44CF9590006BF252F707:26NBxoKdsyly4EDv6inkoDft/yA=',
        },
      }),
      { bucket: 'oss-example', key: 'nelson' },
    ),
  );
  expect(claim.sign('OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV')).toBe('26NBxoKdsyly4EDv6inkoDft/yA=');
});

test.each([
  ['a signed sub-resource', 'acl', false],
  ['a parameter that is not signed', 'prefix=a', true],
])('OSS V1: %s', (_, query, same) => {
  const signatureOf = (search: string | null) =>
    claimed(
      ossV1Claim(request({ query: search, headers: { date: 'x', authorization: 'OSS id:signature' } }), {
        bucket: 'b',
        key: null,
      }),
    ).sign('secret');
  expect(signatureOf(query) === signatureOf(null)).toBe(same);
});

test.each([
  ['the time in x-oss-date', { 'x-oss-date': '20261122T210101Z' }],
  ['the time in Date alone', { date: 'Sun, 22 Nov 2026 21:01:01 GMT' }],
])('OSS V4: %s is read', (_, headers) => {
  const authorization =
    'OSS4-HMAC-SHA256 Credential=id/20261122/us-east-1/oss/aliyun_v4_request,Signature=0123456789abcdef';
  const claim = claimed(
    ossV4Claim(request({ headers: { ...headers, authorization } as Record<string, string> }), {
      bucket: 'b',
      key: 'k',
    }),
  );
  expect(claim).toMatchObject({ accessKeyId: 'id', signedAt: Date.UTC(2026, 10, 22, 21, 1, 1) });
});

test.each([
  ['milliseconds of the JavaScript SDK', '2026-11-22T21:11:21.123Z', Date.UTC(2026, 10, 22, 21, 11, 21)],
  ['the Go SDK’s fraction of any length', '2026-11-22T21:11:21.11229Z', Date.UTC(2026, 10, 22, 21, 11, 21)],
  ['no time', 'yesterday', Number.NaN],
])('Tablestore: %s', (_, text, expected) => {
  expect(parseOtsDate(text)).toBe(expected);
});

test.each([
  ['a header that no signature covers', 'SignedHeaders=host,', 'malformed'],
  ['no header', null, 'unsigned'],
])('ACS3: %s', (_, signedHeaders, expected) => {
  const headers: Record<string, string> =
    signedHeaders === null
      ? {}
      : { authorization: `ACS3-HMAC-SHA256 Credential=id,${signedHeaders}Signature=0123456789abcdef` };
  expect(acs3Claim(request({ headers }))).toBe(expected);
});
