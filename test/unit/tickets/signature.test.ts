import { secretOf } from '../../../shared/secret';
import { sign, verify } from '../../../shared/tickets/signature';

const signed = { timestamp: '1700000000', delivery: 'delivery-1', body: new TextEncoder().encode('{"topology":"x"}') };
/** printf '1700000000.delivery-1.{"topology":"x"}' | openssl dgst -sha256 -hmac key */
const EXPECTED = 'v1=7f29ac9c10343f71e9682caabb81cf1e7f8bf8ca9c0c36580e32ca2e9f06ff02';

test('the signature is the HMAC-SHA256 of timestamp, delivery and the raw body', () => {
  expect(sign(secretOf('key'), signed)).toBe(EXPECTED);
});

test.each([
  ['the first key', ['key', 'old'], true],
  ['the second key, during a rotation', ['new', 'key'], true],
  ['neither', ['new', 'old'], false],
])('%s', (_reason, keys, holds) => {
  expect(verify(keys.map(secretOf), signed, EXPECTED)).toBe(holds);
});

test.each([
  ['another body', { ...signed, body: new TextEncoder().encode('{"topology":"y"}') }],
  ['another delivery', { ...signed, delivery: 'delivery-2' }],
  ['another time', { ...signed, timestamp: '1700000001' }],
])('%s does not match', (_reason, other) => {
  expect(verify([secretOf('key')], other, EXPECTED)).toBe(false);
});

test.each(['', 'v1=', EXPECTED.slice(0, -1), `${EXPECTED}0`, EXPECTED.toUpperCase(), EXPECTED.slice(3)])(
  '%p is no signature',
  (given) => {
    expect(verify([secretOf('key')], signed, given)).toBe(false);
  },
);
