import { builtText } from '../../../cli/built-view';
import type { RecordedResource } from '../../../shared/plan/recorded';

type Built = Parameters<typeof builtText>[0][number];

const resource = (id: string, more: Partial<Built> = {}): Built => ({
  id: id as RecordedResource['id'],
  kind: id.slice(0, id.indexOf('/')) as Built['kind'],
  cloudId: `${id}-1`,
  ownership: 'ours',
  attributes: {},
  ...more,
});

test('kinds and counts by step, gateways with ids and addresses, borrowed ones told apart', () => {
  const text = builtText([
    resource('vpn-gateway/virginia', {
      cloudId: 'vpn-5tbp9w8y30jks5xuendol9',
      attributes: { internetIp: '47.254.184.238', disasterRecoveryInternetIp: '47.88.114.88' },
    }),
    resource('vpn-gateway/a-name-longer-than-its-column', { cloudId: 'vpn-1', attributes: { internetIp: '47.1.1.1' } }),
    resource('customer-gateway/us-east-1/203.0.113.11', { ownership: 'borrowed' }),
    resource('customer-gateway/us-east-1/203.0.113.12'),
    resource('cen/acme'),
  ]);
  expect(text).toBe(`What was built

gateway             2 VPN gateways
tunnel              2 customer gateways, 1 of them found there and used
cen                 1 CEN instance

GATEWAY         ID                          PUBLIC ADDRESSES
virginia        vpn-5tbp9w8y30jks5xuendol9  47.254.184.238, 47.88.114.88
a-name-longer-… vpn-1                       47.1.1.1

`);
});

test('what has no id was not made', () => {
  expect(builtText([resource('cen/acme', { cloudId: null })])).toBe('');
});
