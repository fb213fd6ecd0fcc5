/** The service's own bucket: who may put what into it, and when it goes. */
import type { OssInput } from '../../../../local/world/oss/operations';
import { CREDENTIALS } from '../../../../local/world/sts/credentials';
import type { Caller } from '../../../../local/world/world';
import { ACCOUNT_ID, FUNCTION, fcWorld, zipOf } from './fc-world';

interface Token {
  credentials: { AccessKeyId: string; Expiration: string };
  ossBucket: string;
  objectName: string;
}

function withToken() {
  const cloud = fcWorld();
  const token = cloud.done('GetTempBucketToken', {}) as unknown as Token;
  const { accessKeyId, roleArn, accountId } = cloud.state.get<Caller>(
    CREDENTIALS,
    token.credentials.AccessKeyId,
  ) as Caller;
  const holder: Caller = { accessKeyId, roleArn, accountId };
  const key = `${ACCOUNT_ID}/${token.objectName}`;
  const put = (name = key): string => {
    const properties = { contentType: '', headers: {}, metadata: {}, forbidOverwrite: false, sourceIp: '127.0.0.1' };
    const object = { bucket: token.ossBucket, key: name, body: zipOf('1') };
    return outcome({ operation: 'PutObject', ...object, ...properties }, holder);
  };
  const outcome = (input: OssInput, caller?: Caller): string => {
    const output = cloud.oss(input, caller);
    return output.ok ? 'ok' : `${output.status} ${output.code}`;
  };
  const code = { ossBucketName: token.ossBucket, ossObjectName: key };
  return { cloud, token, holder, key, put, outcome, code };
}

const objects = (cloud: ReturnType<typeof fcWorld>, { ossBucket }: Token) => [
  ...cloud.state.keysBetween(`oss.objects/${ossBucket}`),
];

test('its credentials put one object, for an hour, and do nothing else', () => {
  const { cloud, token, holder, key, put, outcome } = withToken();
  expect(token.credentials.Expiration).toBe('2026-11-23T01:00:00Z');
  expect(put()).toBe('ok');
  expect(put(`${ACCOUNT_ID}/other`)).toBe('403 AccessDenied');
  const { ossBucket: bucket } = token;
  expect(outcome({ operation: 'GetObject', bucket, key, preconditions: {} }, holder)).toBe('403 AccessDenied');
  cloud.bucket('b-1');
  expect(outcome({ operation: 'GetBucket', bucket: 'b-1' }, holder)).toBe('403 AccessDenied');
});

test('the account does not see it, and may neither look into it nor take its name', () => {
  const { cloud, token, key, put, outcome } = withToken();
  cloud.bucket('b-1');
  put();
  const { ossBucket: bucket } = token;
  expect(cloud.oss({ operation: 'ListBuckets', prefix: '', marker: '', maxKeys: 100 })).toMatchObject({
    result: { buckets: [{ bucket: 'b-1' }], nextMarker: null },
  });
  expect(outcome({ operation: 'GetBucket', bucket })).toBe('403 AccessDenied');
  expect(outcome({ operation: 'GetObject', bucket, key, preconditions: {} })).toBe('403 AccessDenied');
  expect(outcome({ operation: 'DeleteBucket', bucket })).toBe('403 AccessDenied');
  expect(outcome({ operation: 'PutBucket', bucket, acl: null, storageClass: null })).toBe('409 BucketAlreadyExists');
});

test('its object goes when a function took it', () => {
  const { cloud, token, put, code } = withToken();
  put();
  const { codeSize } = cloud.done('CreateFunction', { body: { ...FUNCTION, code } });
  expect(codeSize).toBe(Buffer.from(zipOf('1'), 'base64').length);
  expect(objects(cloud, token)).toEqual([]);
  expect(cloud.refusal('UpdateFunction', { name: 'f', body: { code } })).toContain('does not exist in bucket');
});

test('its object stays where the function was refused', () => {
  const { cloud, token, put, key, code } = withToken();
  put();
  expect(cloud.refusal('CreateFunction', { body: { ...FUNCTION, cpu: 16, code } })).toContain('the ratio of vCPU');
  expect(objects(cloud, token)).toEqual([key]);
});

test('what no function took goes with its credentials', () => {
  const { cloud, token, put } = withToken();
  put();
  cloud.advance(3_599_000);
  expect(objects(cloud, token)).toHaveLength(1);
  cloud.advance(1_000);
  expect(objects(cloud, token)).toEqual([]);
  expect(cloud.state.keysBetween(CREDENTIALS)).toEqual([]);
});

test('every token is for another object', () => {
  const { cloud, token } = withToken();
  expect((cloud.done('GetTempBucketToken', {}) as unknown as Token).objectName).not.toBe(token.objectName);
});
