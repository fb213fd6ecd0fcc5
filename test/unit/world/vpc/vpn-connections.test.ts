import { VPN_CONNECTIONS, VPN_POLICY_ROUTES, type VpnPolicyRouteRecord } from '../../../../local/world/vpc/records';
import type { JsonObject } from '../../../../shared/json';
import {
  activeGateway,
  connectionOf,
  type LocalVpn,
  list,
  localVpn,
  office,
  putSingleGateway,
  START,
} from './local-vpn';

interface Ready extends LocalVpn {
  gateway: string;
  customer: string;
}

function ready(quotas: Record<string, number> = {}): Ready {
  const vpn = localVpn({ quotas });
  return { ...vpn, gateway: activeGateway(vpn), customer: office(vpn) };
}
const wish = (vpn: Ready, change: JsonObject = {}): JsonObject => ({
  ...connectionOf(vpn.gateway, vpn.customer),
  ...change,
});
const make = (vpn: Ready, change: JsonObject = {}): string =>
  vpn.settled('CreateVpnConnection', wish(vpn, change))['VpnConnectionId'] as string;
const read = (vpn: LocalVpn, VpnConnectionId: string): JsonObject =>
  vpn.call('DescribeVpnConnection', { VpnConnectionId });
const tunnelsOf = (body: JsonObject): JsonObject[] => list(body, 'TunnelOptionsSpecification', 'TunnelOptions');
const policies = (vpn: LocalVpn): string[] =>
  vpn.state
    .values<VpnPolicyRouteRecord>(VPN_POLICY_ROUTES)
    .map(({ source, destination, published }) => `${source} → ${destination}${published ? ' published' : ''}`);

test('a connection is updating for fifteen seconds, and its gateway for ten', () => {
  const vpn = ready();
  const made = vpn.call('CreateVpnConnection', wish(vpn, { Name: 'office-1', Tags: [{ Key: 'k', Value: 'v' }] }));
  const id = made['VpnConnectionId'] as string;
  expect(id).toMatch(/^vco-[a-z0-9]{22}$/);
  expect(made).toEqual({ VpnConnectionId: id, Name: 'office-1', CreateTime: START + 180_000 });
  const states = [0, 9, 1, 4, 1].map((seconds) => {
    vpn.wait(seconds);
    const gateway = vpn.call('DescribeVpnGateway', { VpnGatewayId: vpn.gateway });
    return [read(vpn, id)['State'], tunnelsOf(read(vpn, id)).map(({ State }) => State), gateway['Status']]
      .flat()
      .join(' ');
  });
  expect(states).toEqual([
    'updating updating updating updating',
    'updating updating updating updating',
    'updating updating updating active',
    'updating updating updating active',
    'active active active active',
  ]);
});

test('where the request says nothing the API’s weak values stand, as texts, and a key of 16 characters', () => {
  const vpn = ready();
  const gateway = vpn.call('DescribeVpnGateway', { VpnGatewayId: vpn.gateway });
  const connection = read(vpn, make(vpn));
  expect(connection).toMatchObject({
    VpnGatewayId: vpn.gateway,
    LocalSubnet: '0.0.0.0/0',
    RemoteSubnet: '0.0.0.0/0',
    Status: 'ike_sa_not_established',
    EffectImmediately: false,
    AttachType: 'VPNGW',
  });
  const tunnels = tunnelsOf(connection);
  expect(tunnels).toHaveLength(2);
  const expected = (Role: string, InternetIp: unknown, ZoneNo: string) => ({
    TunnelId: expect.stringMatching(/^tun-[a-z0-9]{22}$/),
    Role,
    InternetIp,
    ZoneNo,
    CustomerGatewayId: vpn.customer,
    State: 'active',
    Status: 'ike_sa_not_established',
    EnableDpd: 'true',
    EnableNatTraversal: 'true',
    TunnelIkeConfig: {
      Psk: expect.stringMatching(/^[a-z0-9]{16}$/),
      IkeVersion: 'ikev1',
      IkeMode: 'main',
      IkeEncAlg: 'aes',
      IkeAuthAlg: 'md5',
      IkePfs: 'group2',
      IkeLifetime: '86400',
      LocalId: InternetIp,
      RemoteId: '203.0.113.10',
    },
    TunnelIpsecConfig: { IpsecEncAlg: 'aes', IpsecAuthAlg: 'md5', IpsecPfs: 'group2', IpsecLifetime: '86400' },
  });
  expect(tunnels[0]).toMatchObject(expected('master', gateway['InternetIp'], 'us-east-1a'));
  expect(tunnels[1]).toMatchObject(expected('slave', gateway['DisasterRecoveryInternetIp'], 'us-east-1b'));
});

test('what the request says is kept', () => {
  const vpn = ready();
  const ike = { Psk: 'A-secret', IkeVersion: 'ikev2', IkeEncAlg: 'aes256', IkeAuthAlg: 'sha256', IkePfs: 'group14' };
  const ipsec = { IpsecEncAlg: 'aes256', IpsecAuthAlg: 'sha256', IpsecPfs: 'disabled', IpsecLifetime: 3_600 };
  const tunnel = { CustomerGatewayId: vpn.customer, TunnelIkeConfig: ike, TunnelIpsecConfig: ipsec, EnableDpd: false };
  const id = make(vpn, {
    EffectImmediately: true,
    // The order of the request is kept: a list that a client wrote is the list that it reads.
    TunnelOptionsSpecification: [
      { Role: 'slave', CustomerGatewayId: vpn.customer },
      { Role: 'master', ...tunnel },
    ],
  });
  expect(read(vpn, id)['EffectImmediately']).toBe(true);
  expect(tunnelsOf(read(vpn, id)).map(({ Role, TunnelIndex }) => [Role, TunnelIndex])).toEqual([
    ['slave', 1],
    ['master', 2],
  ]);
  expect(tunnelsOf(read(vpn, id))[1]).toMatchObject({
    Role: 'master',
    EnableDpd: 'false',
    TunnelIkeConfig: ike,
    TunnelIpsecConfig: { ...ipsec, IpsecLifetime: '3600' },
  });
});

const SIX = [1, 2, 3, 4, 5, 6].map((n) => `10.${n}.0.0/16`).join(',');
const both = (CustomerGatewayId: string, more: JsonObject = {}): JsonObject => ({
  TunnelOptionsSpecification: [
    { Role: 'master', CustomerGatewayId, ...more },
    { Role: 'slave', CustomerGatewayId },
  ],
});
test.each<{ change: (vpn: Ready) => JsonObject; answer: string; because: string }>([
  {
    change: () => ({ VpnGatewayId: 'vpn-9' }),
    answer: '404 InvalidVpnGatewayInstanceId.NotFound',
    because: 'there is no such gateway',
  },
  {
    change: () => both('cgw-9'),
    answer: '404 InvalidCustomerGatewayInstanceId.NotFound',
    because: 'there is no such customer gateway',
  },
  {
    change: () => ({ LocalSubnet: '192.168.0.0/33' }),
    answer: '400 IllegalParam.LocalSubnet',
    because: 'the cloud’s side is no block',
  },
  { change: () => ({ RemoteSubnet: 'office' }), answer: '400 IllegalParam.RemoteSubnet', because: 'that is a name' },
  { change: () => ({ RemoteSubnet: SIX }), answer: '400 IllegalParam.RemoteSubnet', because: 'a side has six blocks' },
  {
    change: () => ({ CustomerGatewayId: 'cgw-1' }),
    answer: '400 OperationUnsupported.SingleTunnel',
    because: 'a single tunnel’s parameter goes to a gateway of two',
  },
  {
    change: () => ({ IkeConfig: '{}' }),
    answer: '400 OperationUnsupported.SingleTunnel',
    because: 'a single tunnel’s settings go to a gateway of two',
  },
  {
    change: ({ customer }) => ({ TunnelOptionsSpecification: [{ Role: 'master', CustomerGatewayId: customer }] }),
    answer: '400 IllegalParam.TunnelOptionsSpecification',
    because: 'there is no slave',
  },
  {
    change: ({ customer }) => ({
      TunnelOptionsSpecification: [1, 2].map(() => ({ Role: 'master', CustomerGatewayId: customer })),
    }),
    answer: '400 IllegalParam.TunnelOptionsSpecification',
    because: 'both are masters',
  },
  {
    change: ({ customer }) => both(customer, { TunnelIkeConfig: { Psk: 'with space' } }),
    answer: '400 InvalidParameter',
    because: 'a key has a space',
  },
  {
    change: ({ customer }) => both(customer, { TunnelIkeConfig: { IkePfs: 'group19' } }),
    answer: '400 InvalidParameter',
    because: 'the group is not offered',
  },
  { change: () => ({ Name: 'http://x' }), answer: '400 InvalidName', because: 'a name is no address' },
])('no connection is made where $because', ({ change, answer }) => {
  const vpn = ready();
  expect(vpn.refused('CreateVpnConnection', wish(vpn, change(vpn)))).toBe(answer);
  expect(vpn.state.size(VPN_CONNECTIONS)).toBe(0);
  expect(vpn.call('DescribeVpnGateway', { VpnGatewayId: vpn.gateway })['Status']).toBe('active');
});

test('a dry run says that it would succeed, and does nothing', () => {
  const vpn = ready();
  expect(vpn.refused('CreateVpnConnection', wish(vpn, { DryRun: true }))).toBe('400 DryRunOperation');
  expect(vpn.state.size(VPN_CONNECTIONS)).toBe(0);
});

test('a second one for the same traffic to the same office is refused, and so is one beyond the quota', () => {
  const vpn = ready({ connectionsPerGateway: 2 });
  make(vpn);
  expect(vpn.refused('CreateVpnConnection', wish(vpn))).toBe('400 InvalidVpnConnection.AlreadyExists');
  make(vpn, { RemoteSubnet: '10.10.10.0/24', AutoConfigRoute: false });
  const third = wish(vpn, { RemoteSubnet: '10.10.11.0/24' });
  expect(vpn.refused('CreateVpnConnection', third)).toBe('400 Resource.QuotaFull');
});

describe('policy routes that AutoConfigRoute makes', () => {
  test.each<{ change: JsonObject; routes: string[]; because: string }>([
    { change: {}, routes: [], because: 'any traffic passes, so the gateway’s routes decide' },
    {
      change: { LocalSubnet: '192.168.0.0/16,172.16.0.0/16', RemoteSubnet: '10.10.10.0/24' },
      routes: ['192.168.0.0/16 → 10.10.10.0/24', '172.16.0.0/16 → 10.10.10.0/24'],
      because: 'each pair of blocks has one, unpublished',
    },
    {
      change: { LocalSubnet: '192.168.0.0/16', RemoteSubnet: '10.10.10.0/24', AutoConfigRoute: false },
      routes: [],
      because: 'it was not asked for',
    },
  ])('are $routes: $because', ({ change, routes }) => {
    const vpn = ready();
    make(vpn, change);
    expect(policies(vpn)).toEqual(routes);
  });

  test('follow the selectors, and go with the connection', () => {
    const vpn = ready();
    const VpnConnectionId = make(vpn, { LocalSubnet: '192.168.0.0/16', RemoteSubnet: '10.10.10.0/24' });
    vpn.settled('ModifyVpnConnectionAttribute', { VpnConnectionId, RemoteSubnet: '10.10.20.0/24' });
    expect(policies(vpn)).toEqual(['192.168.0.0/16 → 10.10.20.0/24']);
    vpn.settled('DeleteVpnConnection', { VpnConnectionId });
    expect(policies(vpn)).toEqual([]);
  });

  test('count towards the quota', () => {
    const vpn = ready({ policyRoutesPerGateway: 1 });
    const two = wish(vpn, { LocalSubnet: '192.168.0.0/16,172.16.0.0/16', RemoteSubnet: '10.10.10.0/24' });
    expect(vpn.refused('CreateVpnConnection', two)).toBe('400 QuotaExceeded.PolicyBasedRoute');
  });
});

test('a gateway of one tunnel takes JSON texts, and answers numbers', () => {
  const vpn = ready();
  const VpnGatewayId = putSingleGateway(vpn);
  const subnets = { LocalSubnet: '192.168.0.0/16', RemoteSubnet: '10.10.10.0/24' };
  const id = vpn.settled('CreateVpnConnection', {
    VpnGatewayId,
    CustomerGatewayId: vpn.customer,
    ...subnets,
    IkeConfig: JSON.stringify({ Psk: 'A-secret', IkeVersion: 'ikev2', IkeLifetime: 3_600 }),
  })['VpnConnectionId'] as string;
  expect(read(vpn, id)).toMatchObject({
    CustomerGatewayId: vpn.customer,
    ...subnets,
    State: 'active',
    IkeConfig: {
      Psk: 'A-secret',
      IkeVersion: 'ikev2',
      IkeLifetime: 3_600,
      LocalId: '198.51.100.1',
      RemoteId: '203.0.113.10',
    },
    IpsecConfig: { IpsecEncAlg: 'aes', IpsecAuthAlg: 'md5', IpsecPfs: 'group2', IpsecLifetime: 86_400 },
    TunnelOptionsSpecification: { TunnelOptions: [] },
  });
});

test.each<{ change: JsonObject; answer: string; because: string }>([
  {
    change: { CustomerGatewayId: '' },
    answer: '400 MissingParam.CustomerGatewayId',
    because: 'no customer gateway is named',
  },
  { change: { IkeConfig: '{' }, answer: '400 IllegalParam.IkeConfig', because: 'the settings are no JSON' },
  {
    change: { IpsecConfig: '{"IpsecPfs":"group19"}' },
    answer: '400 IllegalParam.IpsecConfig',
    because: 'the group is not offered',
  },
  { change: both('cgw-1'), answer: '400 OperationUnsupported.DualTunnel', because: 'it has one tunnel' },
])('a gateway of one tunnel refuses a connection where $because', ({ change, answer }) => {
  const vpn = ready();
  const one = {
    VpnGatewayId: putSingleGateway(vpn),
    CustomerGatewayId: vpn.customer,
    LocalSubnet: '0.0.0.0/0',
    RemoteSubnet: '0.0.0.0/0',
  };
  expect(vpn.refused('CreateVpnConnection', { ...one, ...change })).toBe(answer);
});

test('a change renames, replaces one tunnel’s key, and leaves the other’s', () => {
  const vpn = ready();
  const VpnConnectionId = make(vpn);
  const [master, slave] = tunnelsOf(read(vpn, VpnConnectionId));
  const answer = vpn.call('ModifyVpnConnectionAttribute', {
    VpnConnectionId,
    Name: 'renamed',
    TunnelOptionsSpecification: [
      { TunnelId: slave!['TunnelId']!, Role: 'slave', TunnelIkeConfig: { Psk: 'New-secret' } },
    ],
  });
  expect(answer).toMatchObject({ VpnConnectionId, Name: 'renamed' });
  expect(read(vpn, VpnConnectionId)['State']).toBe('updating');
  vpn.wait(20);
  const after = read(vpn, VpnConnectionId);
  expect(after).toMatchObject({ State: 'active', Name: 'renamed' });
  expect(tunnelsOf(after)).toEqual([
    master,
    { ...slave, TunnelIkeConfig: { ...(slave!['TunnelIkeConfig'] as JsonObject), Psk: 'New-secret' } },
  ]);
});

test('a connection that is not settled yet is not changed, though its gateway is idle again', () => {
  const vpn = ready();
  const { VpnConnectionId } = vpn.call('CreateVpnConnection', wish(vpn));
  const change = { VpnConnectionId: VpnConnectionId as string, Name: 'renamed' };
  expect(vpn.refused('ModifyVpnConnectionAttribute', change)).toBe('400 VpnGateway.Configuring');
  vpn.wait(10);
  expect(vpn.refused('ModifyVpnConnectionAttribute', change)).toBe('400 VpnConnection.Configuring');
  vpn.wait(5);
  expect(vpn.call('ModifyVpnConnectionAttribute', change)).toMatchObject(change);
});

test('connections are found by gateway, customer gateway and tag', () => {
  const vpn = ready();
  const other = office(vpn, '203.0.113.11');
  const one = make(vpn, { Tags: [{ Key: 'office', Value: '1' }] });
  const two = make(vpn, both(other));
  const found = (filter: JsonObject) =>
    list(vpn.call('DescribeVpnConnections', filter), 'VpnConnections', 'VpnConnection').map(
      ({ VpnConnectionId }) => VpnConnectionId,
    );
  expect(found({})).toEqual([one, two]);
  expect(found({ VpnGatewayId: vpn.gateway })).toEqual([one, two]);
  expect(found({ VpnGatewayId: 'vpn-9' })).toEqual([]);
  expect(found({ CustomerGatewayId: other })).toEqual([two]);
  expect(found({ VpnConnectionId: two })).toEqual([two]);
  expect(found({ Tag: [{ Key: 'office', Value: '1' }] })).toEqual([one]);
  expect(found({ RegionId: 'cn-shanghai' })).toEqual([]);
});

test('a deleted connection is deleting, then gone', () => {
  const vpn = ready();
  const VpnConnectionId = make(vpn);
  expect(vpn.call('DeleteVpnConnection', { VpnConnectionId })).toEqual({});
  expect(read(vpn, VpnConnectionId)['State']).toBe('deleting');
  vpn.wait(10);
  for (const action of ['DescribeVpnConnection', 'DeleteVpnConnection', 'ModifyVpnConnectionAttribute'])
    expect(vpn.refused(action, { VpnConnectionId })).toBe('404 InvalidVpnConnectionInstanceId.NotFound');
});

test('the configuration for the office’s device has the sides changed, in each tunnel', () => {
  const vpn = ready();
  const tunnel = (Role: string, psk: string) => ({
    Role,
    CustomerGatewayId: vpn.customer,
    TunnelIkeConfig: { Psk: psk, IkeVersion: 'ikev2', LocalId: 'cloud.example', RemoteId: 'office.example' },
  });
  const id = make(vpn, {
    LocalSubnet: '192.168.0.0/16',
    RemoteSubnet: '10.10.10.0/24',
    TunnelOptionsSpecification: [tunnel('master', 'first-key'), tunnel('slave', 'second-key')],
  });
  const { InternetIp, DisasterRecoveryInternetIp } = vpn.call('DescribeVpnGateway', { VpnGatewayId: vpn.gateway });
  const ike = { IkeVersion: 'ikev2', LocalId: 'office.example', RemoteId: 'cloud.example' };
  expect(vpn.call('DownloadVpnConnectionConfig', { VpnConnectionId: id })['VpnConnectionConfig']).toMatchObject({
    LocalSubnet: '10.10.10.0/24',
    RemoteSubnet: '192.168.0.0/16',
    TunnelsConfig: {
      TunnelConfig: [
        { Local: '203.0.113.10', Remote: InternetIp, IkeConfig: { ...ike, Psk: 'first-key', IkeLifetime: 86_400 } },
        { Local: '203.0.113.10', Remote: DisasterRecoveryInternetIp, IkeConfig: { ...ike, Psk: 'second-key' } },
      ],
    },
  });
  expect(vpn.refused('DownloadVpnConnectionConfig', { VpnConnectionId: 'vco-9' })).toBe(
    '404 InvalidVpnConnectionInstanceId.NotFound',
  );
});

test('with one tunnel it stands beside the subnets', () => {
  const vpn = ready();
  const { VpnConnectionId } = vpn.settled('CreateVpnConnection', {
    VpnGatewayId: putSingleGateway(vpn),
    CustomerGatewayId: vpn.customer,
    LocalSubnet: '0.0.0.0/0',
    RemoteSubnet: '10.10.10.0/24',
    IkeConfig: JSON.stringify({ Psk: 'the-key' }),
  });
  const body = vpn.call('DownloadVpnConnectionConfig', { VpnConnectionId: VpnConnectionId! });
  expect(body['VpnConnectionConfig']).toMatchObject({
    Local: '203.0.113.10',
    Remote: '198.51.100.1',
    LocalSubnet: '10.10.10.0/24',
    RemoteSubnet: '0.0.0.0/0',
    IkeConfig: { Psk: 'the-key' },
    TunnelsConfig: { TunnelConfig: [] },
  });
});
