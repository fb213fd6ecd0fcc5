import type { Cidr } from '../../../shared/cidr';
import type { ResourceId, VpnConnection } from '../../../shared/plan/desired';
import { connectionChange } from '../../../shared/resources/connection-change';

const desired: VpnConnection = {
  kind: 'vpn-connection',
  region: 'us-east-1',
  gateway: 'vpn-gateway/virginia' as ResourceId,
  customerGateway: 'customer-gateway/a' as ResourceId,
  presharedKey: 'pre-shared-key/office-1' as ResourceId,
  cloudSide: ['0.0.0.0/0' as Cidr],
  officeSide: ['10.10.10.0/24' as Cidr, '10.10.11.0/24' as Cidr],
  tunnel: { ike: 'ikev2', encryption: 'aes256', authentication: 'sha256', dhGroup: 'group14' },
};
const STRONG = 'ikev2 aes256 sha256 group14 / aes256 sha256 group14';
const WEAK = 'ikev1 aes md5 group2 / aes md5 group2';
const tunnel = (role: string, algorithms: string) => ({
  id: `tun-${role}`,
  role,
  internetIp: '47.0.0.1',
  customerGatewayId: 'cgw-1',
  negotiation: 'ike_sa_not_established',
  algorithms,
});
const seen = (officeSide: string[], master: string, slave: string) => ({
  cloudSide: ['0.0.0.0/0'],
  officeSide,
  tunnels: [tunnel('master', master), tunnel('slave', slave)],
});

test('nothing changes where selectors and algorithms are as wanted, in whatever order the blocks come', () => {
  expect(connectionChange(desired, seen(['10.10.11.0/24', '10.10.10.0/24'], STRONG, STRONG))).toBeNull();
});

test('selectors change first', () => {
  expect(connectionChange(desired, seen(['10.10.10.0/24'], WEAK, WEAK))).toEqual({
    reason: 'sets its selectors to 0.0.0.0/0 <-> 10.10.10.0/24,10.10.11.0/24',
    action: 'ModifyVpnConnectionAttribute',
    parameters: {
      LocalSubnet: '0.0.0.0/0',
      RemoteSubnet: '10.10.10.0/24,10.10.11.0/24',
      AutoConfigRoute: false,
      EffectImmediately: true,
    },
  });
});

test('the slave changes before the master, one call each', () => {
  const both = ['10.10.10.0/24', '10.10.11.0/24'];
  expect(connectionChange(desired, seen(both, WEAK, WEAK))).toMatchObject({
    action: 'ModifyTunnelAttribute',
    parameters: { TunnelId: 'tun-slave' },
  });
  expect(connectionChange(desired, seen(both, WEAK, STRONG))).toMatchObject({
    action: 'ModifyTunnelAttribute',
    parameters: { TunnelId: 'tun-master' },
  });
});

test('a single tunnel changes through its connection', () => {
  const single = {
    cloudSide: ['0.0.0.0/0'],
    officeSide: ['10.10.10.0/24', '10.10.11.0/24'],
    tunnels: [{ ...tunnel('', WEAK), id: '' }],
  };
  expect(connectionChange(desired, single)).toMatchObject({
    action: 'ModifyVpnConnectionAttribute',
    parameters: { IkeConfig: expect.any(String), IpsecConfig: expect.any(String) },
  });
});
