import { scrubText, secretsIn, withoutKeys, withSecrets } from '../../../shared/alicloud/scrub-secrets';
import { revealed, secretAround, secretOf } from '../../../shared/secret';

const two = secretOf('secret-two');

const PARAMETERS = {
  Name: 'not-secret',
  SecretData: secretOf('secret-one'),
  IkeConfig: secretAround('{"IkeVersion":"ikev2","Psk":"secret-two"}', [two]),
  TunnelOptionsSpecification: [
    { Role: 'master', TunnelIkeConfig: { Psk: secretOf('secret-three') } },
    { Role: 'slave', TunnelIkeConfig: { Psk: secretOf('secret-four') } },
  ],
};

test('finds the key of every tunnel, of a JSON parameter and of a secret, by their type', () => {
  expect(secretsIn(PARAMETERS)).toEqual([
    'secret-one',
    '{"IkeVersion":"ikev2","Psk":"secret-two"}',
    'secret-two',
    'secret-three',
    'secret-four',
  ]);
});

test('whatever prints the parameters prints no secret; what is sent has them', () => {
  for (const printed of [JSON.stringify(PARAMETERS), `${PARAMETERS.SecretData}`, String(Object.values(PARAMETERS))])
    expect(printed).not.toMatch(/secret-(one|two|three|four)/);
  expect(withSecrets(PARAMETERS)).toEqual({
    Name: 'not-secret',
    SecretData: 'secret-one',
    IkeConfig: '{"IkeVersion":"ikev2","Psk":"secret-two"}',
    TunnelOptionsSpecification: [
      { Role: 'master', TunnelIkeConfig: { Psk: 'secret-three' } },
      { Role: 'slave', TunnelIkeConfig: { Psk: 'secret-four' } },
    ],
  });
  expect(revealed(two)).toBe('secret-two');
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
