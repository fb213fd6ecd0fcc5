import {
  VPN_GATEWAYS,
  type VpnGatewayRecord,
  VSWITCHES,
  type VSwitchRecord,
} from '../../../../local/world/vpc/records';
import type { JsonObject } from '../../../../shared/json';
import { activeGateway, connectionOf, GATEWAY, type LocalVpn, list, localVpn, office, START } from './local-vpn';

const describe1 = (vpn: LocalVpn, VpnGatewayId: string): JsonObject => vpn.call('DescribeVpnGateway', { VpnGatewayId });
const addresses = (vpn: LocalVpn, id: string): string[] => vpn.state.get<VSwitchRecord>(VSWITCHES, id)!.usedAddresses;

test('a gateway is init, provisioning, and active after three minutes, with two public addresses', () => {
  const vpn = localVpn();
  const made = vpn.call('CreateVpnGateway', GATEWAY);
  const id = made['VpnGatewayId'] as string;
  expect(made).toEqual({
    VpnGatewayId: expect.stringMatching(/^vpn-[a-z0-9]{22}$/),
    Name: 'gateway-1',
    OrderId: expect.any(Number),
  });
  const states = [0, 21, 158, 1].map((seconds) => {
    vpn.wait(seconds);
    return describe1(vpn, id)['Status'];
  });
  expect(states).toEqual(['init', 'provisioning', 'provisioning', 'active']);
  const gateway = describe1(vpn, id);
  expect(gateway).toMatchObject({
    VpnGatewayId: id,
    VpcId: 'vpc-1',
    VSwitchId: 'vsw-1a',
    DisasterRecoveryVSwitchId: 'vsw-1b',
    BusinessStatus: 'Normal',
    ChargeType: 'PostpayByFlow',
    CreateTime: START,
    AutoPropagate: false,
    Tags: { Tag: [] },
  });
  const both = [gateway['InternetIp'], gateway['DisasterRecoveryInternetIp']];
  for (const address of both) expect(address).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  expect(new Set(both).size).toBe(2);
});

test('the same history gives the same gateway, with the same addresses', () => {
  const [one, other] = [localVpn(), localVpn()].map((vpn) => describe1(vpn, activeGateway(vpn)));
  expect(one).toEqual(other);
});

test('before it is provisioned it has no address', () => {
  const vpn = localVpn();
  const { VpnGatewayId } = vpn.call('CreateVpnGateway', GATEWAY);
  expect(describe1(vpn, VpnGatewayId as string)).toMatchObject({ InternetIp: '', DisasterRecoveryInternetIp: '' });
});

test('a gateway takes an address of each vSwitch, and gives them back', () => {
  const vpn = localVpn();
  const VpnGatewayId = activeGateway(vpn);
  expect([addresses(vpn, 'vsw-1a'), addresses(vpn, 'vsw-1b')]).toEqual([['192.168.10.252'], ['192.168.11.252']]);
  expect(vpn.call('DeleteVpnGateway', { VpnGatewayId })).toEqual({});
  expect(describe1(vpn, VpnGatewayId)['Status']).toBe('deleting');
  vpn.wait(60);
  expect([addresses(vpn, 'vsw-1a'), addresses(vpn, 'vsw-1b')]).toEqual([[], []]);
  expect(vpn.refused('DescribeVpnGateway', { VpnGatewayId })).toBe('404 InvalidVpnGatewayInstanceId.NotFound');
});

test.each<{ change: JsonObject; answer: string; because: string }>([
  { change: { VpcId: 'vpc-9' }, answer: '404 InvalidVpcId.NotFound', because: 'there is no such VPC' },
  {
    change: { DisasterRecoveryVSwitchId: '' },
    answer: '400 MissingParam.DisasterRecoveryVSwitchId',
    because: 'a second vSwitch is wanted',
  },
  {
    change: { DisasterRecoveryVSwitchId: 'vsw-1a' },
    answer: '400 IllegalParam.DisasterRecoveryVSwitchId',
    because: 'it is the first again',
  },
  {
    change: { DisasterRecoveryVSwitchId: 'vsw-1c' },
    answer: '400 IllegalParam.DisasterRecoveryVSwitchId',
    because: 'both are in one zone',
  },
  {
    change: { DisasterRecoveryVSwitchId: 'vsw-2b' },
    answer: '404 InvalidVSwitchId.NotFound',
    because: 'it is in another VPC',
  },
  { change: { Bandwidth: 7 }, answer: '400 InvalidParameter', because: 'no site sells 7 Mbit/s' },
  { change: { Bandwidth: 5 }, answer: '400 IllegalParam.Bandwidth', because: '5 Mbit/s is sold prepaid only' },
  { change: { Name: '1st' }, answer: '400 InvalidName', because: 'a name begins with a letter' },
])('no gateway is made where $because', ({ change, answer }) => {
  const vpn = localVpn();
  expect(vpn.refused('CreateVpnGateway', { ...GATEWAY, ...change })).toBe(answer);
  expect(vpn.state.size(VPN_GATEWAYS)).toBe(0);
  expect(addresses(vpn, 'vsw-1a')).toEqual([]);
});

test('the quota of gateways is the account’s', () => {
  const vpn = localVpn({ quotas: { gateways: 1 } });
  activeGateway(vpn);
  expect(vpn.refused('CreateVpnGateway', GATEWAY)).toBe('400 Resource.QuotaFull');
});

test('a prepaid order that is not paid gives an id and no gateway', () => {
  const vpn = localVpn();
  const { VpnGatewayId } = vpn.call('CreateVpnGateway', { ...GATEWAY, InstanceChargeType: 'PREPAY', Period: 1 });
  vpn.wait(600);
  expect(vpn.refused('DescribeVpnGateway', { VpnGatewayId: VpnGatewayId as string })).toBe(
    '404 InvalidVpnGatewayInstanceId.NotFound',
  );
});

test('a prepaid gateway stays until its time is over', () => {
  const vpn = localVpn();
  const VpnGatewayId = activeGateway(vpn, { InstanceChargeType: 'PREPAY', AutoPay: true, Period: 1 });
  expect(describe1(vpn, VpnGatewayId)['ChargeType']).toBe('Prepay');
  expect(vpn.refused('DeleteVpnGateway', { VpnGatewayId })).toBe('403 ForbiddenRelease');
  vpn.wait(31 * 86_400);
  expect(vpn.call('DeleteVpnGateway', { VpnGatewayId })).toEqual({});
});

test('a gateway with a connection cannot be deleted', () => {
  const vpn = localVpn();
  const VpnGatewayId = activeGateway(vpn);
  const { VpnConnectionId } = vpn.settled('CreateVpnConnection', connectionOf(VpnGatewayId, office(vpn)));
  expect(vpn.refused('DeleteVpnGateway', { VpnGatewayId })).toBe('400 DependencyViolation.VpnConnection');
  vpn.settled('DeleteVpnConnection', { VpnConnectionId: VpnConnectionId as string });
  expect(vpn.call('DeleteVpnGateway', { VpnGatewayId })).toEqual({});
});

test('a change makes the gateway updating for ten seconds, in which nothing below it is written', () => {
  const vpn = localVpn();
  const VpnGatewayId = activeGateway(vpn);
  const changed = vpn.call('ModifyVpnGatewayAttribute', { VpnGatewayId, Name: 'renamed', AutoPropagate: true });
  expect(changed).toMatchObject({ VpnGatewayId, Name: 'renamed', AutoPropagate: true });
  const wish = connectionOf(VpnGatewayId, office(vpn));
  expect(describe1(vpn, VpnGatewayId)).toMatchObject({ Status: 'updating', Name: 'renamed', AutoPropagate: true });
  expect(vpn.refused('CreateVpnConnection', wish)).toBe('400 VpnGateway.Configuring');
  vpn.wait(9);
  expect(vpn.refused('DeleteVpnGateway', { VpnGatewayId })).toBe('400 VpnGateway.Configuring');
  vpn.wait(1);
  expect(describe1(vpn, VpnGatewayId)['Status']).toBe('active');
  expect(vpn.call('CreateVpnConnection', wish)).toHaveProperty('VpnConnectionId');
});

test('a gateway whose bill is open takes no writes', () => {
  const vpn = localVpn();
  const VpnGatewayId = activeGateway(vpn);
  const gateway = vpn.state.get<VpnGatewayRecord>(VPN_GATEWAYS, VpnGatewayId)!;
  vpn.state.put(VPN_GATEWAYS, VpnGatewayId, { ...gateway, businessStatus: 'FinancialLocked' });
  expect(vpn.refused('ModifyVpnGatewayAttribute', { VpnGatewayId, Name: 'x1' })).toBe('400 VpnGateway.FinancialLocked');
});

test.each<{ filter: JsonObject; names: string[] }>([
  { filter: {}, names: ['one', 'two'] },
  { filter: { Status: 'active' }, names: ['one'] },
  { filter: { Status: 'init' }, names: ['two'] },
  { filter: { VpcId: 'vpc-2' }, names: [] },
  { filter: { RegionId: 'cn-shanghai' }, names: [] },
  { filter: { BusinessStatus: 'FinancialLocked' }, names: [] },
  { filter: { PageSize: 1, PageNumber: 2 }, names: ['two'] },
])('gateways are found by $filter', ({ filter, names }) => {
  const vpn = localVpn();
  activeGateway(vpn, { Name: 'one' });
  vpn.call('CreateVpnGateway', { ...GATEWAY, Name: 'two' });
  const found = list(vpn.call('DescribeVpnGateways', filter), 'VpnGateways', 'VpnGateway');
  expect(found.map(({ Name }) => Name)).toEqual(names);
});

test('a gateway of another region is not found', () => {
  const vpn = localVpn();
  const VpnGatewayId = activeGateway(vpn);
  const elsewhere = { RegionId: 'cn-shanghai', VpnGatewayId };
  for (const action of ['DescribeVpnGateway', 'ModifyVpnGatewayAttribute', 'DeleteVpnGateway'])
    expect(vpn.refused(action, elsewhere)).toBe('404 InvalidVpnGatewayInstanceId.NotFound');
});

test('a repeated create with the same token makes one gateway', () => {
  const vpn = localVpn();
  const wish = { ...GATEWAY, ClientToken: 'once' };
  expect(vpn.call('CreateVpnGateway', wish)).toEqual(vpn.call('CreateVpnGateway', wish));
  expect(vpn.state.size(VPN_GATEWAYS)).toBe(1);
});
