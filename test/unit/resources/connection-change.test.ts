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
const KEY = { secretName: 'trunkline/psk/acme/office-1', versionId: 'v1' };
const PEER = { customerGateway: { cloudId: 'cgw-1', address: '203.0.113.11' }, key: KEY };
const tunnel = (role: string, algorithms: string) => ({
  id: `tun-${role}`,
  role,
  internetIp: '47.0.0.1',
  customerGatewayId: 'cgw-1',
  negotiation: 'ike_sa_not_established',
  algorithms,
  key: KEY,
});
const UP = { negotiation: 'ipsec_sa_established' };
const seen = (officeSide: string[], master: string, slave: string) => ({
  cloudSide: ['0.0.0.0/0'],
  officeSide,
  tunnels: [tunnel('master', master), tunnel('slave', slave)],
});

test('nothing changes where selectors and algorithms are as wanted, in whatever order the blocks come', () => {
  expect(connectionChange(desired, seen(['10.10.11.0/24', '10.10.10.0/24'], STRONG, STRONG), PEER)).toBeNull();
});

test('selectors change first', () => {
  expect(connectionChange(desired, seen(['10.10.10.0/24'], WEAK, WEAK), PEER)).toEqual({
    reason: 'sets its selectors to 0.0.0.0/0 <-> 10.10.10.0/24,10.10.11.0/24',
    action: 'ModifyVpnConnectionAttribute',
    parameters: {
      LocalSubnet: '0.0.0.0/0',
      RemoteSubnet: '10.10.10.0/24,10.10.11.0/24',
      AutoConfigRoute: false,
      EffectImmediately: true,
    },
    cuts: true,
    rekeys: null,
  });
});

test('the slave changes before the master, one call each', () => {
  const both = ['10.10.10.0/24', '10.10.11.0/24'];
  expect(connectionChange(desired, seen(both, WEAK, WEAK), PEER)).toMatchObject({
    action: 'ModifyTunnelAttribute',
    parameters: { TunnelId: 'tun-slave' },
  });
  expect(connectionChange(desired, seen(both, WEAK, STRONG), PEER)).toMatchObject({
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
  expect(connectionChange(desired, single, PEER)).toMatchObject({
    action: 'ModifyVpnConnectionAttribute',
    parameters: { IkeConfig: expect.any(String), IpsecConfig: expect.any(String) },
  });
});

describe('another key and another address of the office, one tunnel at a time', () => {
  const OWN = { secretName: 'acme/office-1', versionId: 'v7' };
  const MOVED = { cloudId: 'cgw-2', address: '203.0.113.77' };
  const both = (master: object, slave: object) => ({
    cloudSide: ['0.0.0.0/0'],
    officeSide: ['10.10.10.0/24', '10.10.11.0/24'],
    tunnels: [
      { ...tunnel('master', STRONG), ...master },
      { ...tunnel('slave', STRONG), ...slave },
    ],
  });

  test('the slave is given both, with the office’s new name for itself', () => {
    expect(connectionChange(desired, both(UP, UP), { customerGateway: MOVED, key: OWN })).toMatchObject({
      reason: 'gives the slave tunnel the office at 203.0.113.77, the key acme/office-1',
      action: 'ModifyTunnelAttribute',
      parameters: {
        TunnelId: 'tun-slave',
        TunnelOptionsSpecification: {
          CustomerGatewayId: 'cgw-2',
          TunnelIkeConfig: { IkeVersion: 'ikev2', RemoteId: '203.0.113.77' },
        },
      },
      rekeys: 'slave',
    });
  });

  test('a master that is up waits for the slave, and follows when that is up', () => {
    const peer = { ...PEER, key: OWN };
    expect(connectionChange(desired, both(UP, { key: OWN }), peer)).toMatchObject({ action: null });
    const follows = connectionChange(desired, both(UP, { ...UP, key: OWN }), peer);
    expect(follows).toMatchObject({ parameters: { TunnelId: 'tun-master' }, rekeys: 'master' });
    expect(connectionChange(desired, both({ key: OWN }, { key: OWN }), peer)).toBeNull();
  });

  test('a master that is down waits for nobody', () => {
    const peer = { ...PEER, customerGateway: MOVED };
    const slaveMoved = { customerGatewayId: 'cgw-2' };
    expect(connectionChange(desired, both({}, slaveMoved), peer)).toMatchObject({
      parameters: { TunnelId: 'tun-master' },
      rekeys: null,
    });
  });

  test('a tunnel whose key is not known is given it again', () => {
    expect(connectionChange(desired, both(UP, { ...UP, key: null }), PEER)).toMatchObject({ rekeys: 'slave' });
  });

  test('what does not stand is not compared with', () => {
    const unknown = { customerGateway: null, key: null };
    expect(connectionChange(desired, both({ customerGatewayId: 'cgw-9', key: null }, {}), unknown)).toBeNull();
  });

  test('a single tunnel leads where it led', () => {
    const single = { ...both(UP, UP), tunnels: [{ ...tunnel('', STRONG), id: '' }] };
    expect(connectionChange(desired, single, { ...PEER, customerGateway: MOVED })).toMatchObject({ action: 'none' });
  });
});
