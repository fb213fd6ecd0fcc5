import { scrubText, secretsIn, withoutKeys } from '../../../shared/alicloud/scrub-secrets';

test('finds the key of every tunnel, of a JSON parameter and of a secret', () => {
  expect(
    secretsIn({
      Name: 'not-secret',
      SecretData: 'secret-one',
      IkeConfig: '{"IkeVersion":"ikev2","Psk":"secret-two"}',
      TunnelOptionsSpecification: [
        { Role: 'master', TunnelIkeConfig: { Psk: 'secret-three' } },
        { Role: 'slave', TunnelIkeConfig: { Psk: 'secret-four' } },
      ],
    }),
  ).toEqual(['secret-one', 'secret-two', 'secret-three', 'secret-four']);
});

test('a message loses the keys that it quotes, every time, and every address', () => {
  expect(
    scrubText('Psk s3cret is bad: s3cret; see https://vpc.aliyuncs.com/?Signature=abc&SecurityToken=def now', [
      's3cret',
    ]),
  ).toBe('Psk *** is bad: ***; see <address> now');
});

test('an answer loses every Psk, at any depth, and nothing else', () => {
  expect(
    withoutKeys({
      VpnConnections: { VpnConnection: [{ Name: 'a', IkeConfig: { Psk: 'x', IkeVersion: 'ikev2' }, Tags: [] }] },
      SecretData: 'wanted by whoever asked',
    }),
  ).toEqual({
    VpnConnections: { VpnConnection: [{ Name: 'a', IkeConfig: { IkeVersion: 'ikev2' }, Tags: [] }] },
    SecretData: 'wanted by whoever asked',
  });
});
