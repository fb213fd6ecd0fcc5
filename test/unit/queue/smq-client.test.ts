import { durationMs } from '../../../shared/clock';
import { newMns } from '../../../shared/queue/smq-client';
import { secretOf } from '../../../shared/secret';

test.each([
  ['on an account over TLS: requests carry a token', null, 'https://1234567890123456.mns.us-east-1.aliyuncs.com'],
  ['on the local cloud as it says', 'http://127.0.0.1:4560', 'http://127.0.0.1:4560'],
])('SMQ is spoken to %s', (_, endpoint, expected) => {
  const credentials = { accessKeyId: 'LTAI5tExample', accessKeySecret: secretOf('secret'), securityToken: null };
  const place = { accountId: '1234567890123456', region: 'us-east-1', endpoint };
  const client = newMns({ ...place, credentials, timeout: durationMs(1_000), pause: async () => undefined });
  expect((client as unknown as { endpoint: string }).endpoint).toBe(expected);
});
