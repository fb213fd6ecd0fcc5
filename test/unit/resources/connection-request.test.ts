import { secretsIn } from '../../../shared/alicloud/scrub-secrets';
import type { Cidr } from '../../../shared/cidr';
import type { ResourceId, VpnConnection } from '../../../shared/plan/desired';
import { connectionRequest, withKey } from '../../../shared/resources/connection-request';
import { revealed, type Secret, secretOf } from '../../../shared/secret';
import { identityFor } from './identity-for';

const desired: VpnConnection = {
  kind: 'vpn-connection',
  region: 'us-east-1',
  gateway: 'vpn-gateway/virginia' as ResourceId,
  customerGateway: 'customer-gateway/us-east-1-203.0.113.11' as ResourceId,
  presharedKey: 'pre-shared-key/office-1' as ResourceId,
  cloudSide: ['0.0.0.0/0' as Cidr],
  officeSide: ['10.10.10.0/24' as Cidr, '10.10.11.0/24' as Cidr],
  tunnel: { ike: 'ikev2', encryption: 'aes256', authentication: 'sha256', dhGroup: 'group14' },
};
const identity = identityFor('vpn-connection/office-1');
const input = { desired, identity, gatewayId: 'vpn-1', customerGatewayId: 'cgw-1' };

const IKE = {
  IkeVersion: 'ikev2',
  IkeMode: 'main',
  IkeEncAlg: 'aes256',
  IkeAuthAlg: 'sha256',
  IkePfs: 'group14',
  IkeLifetime: 86_400,
};
const IPSEC = { IpsecEncAlg: 'aes256', IpsecAuthAlg: 'sha256', IpsecPfs: 'group14', IpsecLifetime: 86_400 };

test('a gateway with two addresses gets two tunnels, master first, every algorithm stated', () => {
  const request = connectionRequest({ ...input, dualTunnel: true });
  const tunnel = { CustomerGatewayId: 'cgw-1', EnableDpd: true, EnableNatTraversal: true };
  expect(request).toMatchObject({
    VpnGatewayId: 'vpn-1',
    LocalSubnet: '0.0.0.0/0',
    RemoteSubnet: '10.10.10.0/24,10.10.11.0/24',
    AutoConfigRoute: false,
    EffectImmediately: true,
    EnableTunnelsBgp: false,
    TunnelOptionsSpecification: [
      { Role: 'master', ...tunnel, TunnelIkeConfig: IKE, TunnelIpsecConfig: IPSEC },
      { Role: 'slave', ...tunnel, TunnelIkeConfig: IKE, TunnelIpsecConfig: IPSEC },
    ],
  });
  expect(request).not.toHaveProperty('IkeConfig');
  expect(request).not.toHaveProperty('CustomerGatewayId');
});

test('a gateway with one address gets the single family and none of the other', () => {
  const request = connectionRequest({ ...input, dualTunnel: false });
  expect(request).toMatchObject({ CustomerGatewayId: 'cgw-1', EnableDpd: true, EnableNatTraversal: true });
  expect(JSON.parse(request.IkeConfig as string)).toEqual(IKE);
  expect(JSON.parse(request.IpsecConfig as string)).toEqual(IPSEC);
  expect(request).not.toHaveProperty('TunnelOptionsSpecification');
  expect(request).not.toHaveProperty('EnableTunnelsBgp');
});

const key = secretOf('the-key');

test('the key is nowhere until it is put in, and then in both tunnels', () => {
  const request = connectionRequest({ ...input, dualTunnel: true });
  expect(JSON.stringify(request)).not.toContain('Psk');
  const sent = withKey(request, key);
  expect(sent.TunnelOptionsSpecification).toEqual([
    expect.objectContaining({ Role: 'master', TunnelIkeConfig: { ...IKE, Psk: key } }),
    expect.objectContaining({ Role: 'slave', TunnelIkeConfig: { ...IKE, Psk: key } }),
  ]);
  expect(JSON.stringify([request, sent])).not.toContain('the-key');
  expect(secretsIn(sent)).toEqual(['the-key', 'the-key']);
});

test('the key of a single tunnel goes into its JSON', () => {
  const sent = withKey(connectionRequest({ ...input, dualTunnel: false }), key);
  expect(JSON.stringify(sent)).not.toContain('the-key');
  expect(JSON.parse(revealed(sent.IkeConfig as Secret))).toEqual({ ...IKE, Psk: 'the-key' });
  expect(secretsIn(sent)).toContain('the-key');
});
