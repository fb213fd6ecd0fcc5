import { CUSTOMER_GATEWAYS } from '../../../../local/world/vpc/records';
import type { JsonObject } from '../../../../shared/json';
import { activeGateway, connectionOf, list, localVpn, office, START } from './local-vpn';

test('a customer gateway is there at once', () => {
  const vpn = localVpn();
  const made = vpn.call('CreateCustomerGateway', {
    IpAddress: '203.0.113.10',
    Name: 'office-1',
    Description: 'headquarters',
    Asn: '1.2',
    Tags: [{ Key: 'k', Value: 'v' }],
  });
  const expected = {
    CustomerGatewayId: made['CustomerGatewayId'],
    IpAddress: '203.0.113.10',
    Name: 'office-1',
    Description: 'headquarters',
    CreateTime: START,
  };
  expect(made).toEqual(expected);
  expect(made['CustomerGatewayId']).toMatch(/^cgw-[a-z0-9]{22}$/);
  const { CustomerGatewayId } = expected;
  expect(vpn.call('DescribeCustomerGateway', { CustomerGatewayId: CustomerGatewayId as string })).toMatchObject({
    ...expected,
    Asn: 65_538,
  });
  const [listed] = list(vpn.call('DescribeCustomerGateways'), 'CustomerGateways', 'CustomerGateway');
  expect(listed).toMatchObject({ ...expected, Tags: { Tag: [{ Key: 'k', Value: 'v' }] } });
});

const ADDRESS = { IpAddress: '203.0.113.10' };
test.each<{ wish: JsonObject; answer: string; because: string }>([
  { wish: {}, answer: '400 MissingParameter', because: 'it has no address' },
  { wish: { IpAddress: 'office' }, answer: '400 InvalidIpAddress.WrongFormat', because: 'that is a name' },
  {
    wish: { IpAddress: '203.0.113.256' },
    answer: '400 InvalidIpAddress.WrongFormat',
    because: 'an octet is too large',
  },
  { wish: { IpAddress: '100.64.0.1' }, answer: '400 InvalidIpAddress.WrongFormat', because: '100.64/10 is shared' },
  { wish: { IpAddress: '127.0.0.1' }, answer: '400 InvalidIpAddress.WrongFormat', because: '127/8 is loopback' },
  { wish: { IpAddress: '169.254.1.1' }, answer: '400 InvalidIpAddress.WrongFormat', because: 'it is link-local' },
  { wish: { IpAddress: '239.1.1.1' }, answer: '400 InvalidIpAddress.WrongFormat', because: '224/4 is multicast' },
  { wish: { IpAddress: '255.1.1.1' }, answer: '400 InvalidIpAddress.WrongFormat', because: '255/8 is reserved' },
  { wish: { ...ADDRESS, Name: 'http://office' }, answer: '400 InvalidName', because: 'a name is no address' },
  { wish: { ...ADDRESS, Name: 'n'.repeat(101) }, answer: '400 InvalidName', because: 'a name has 100 characters' },
  { wish: { ...ADDRESS, Asn: '45104' }, answer: '400 IllegalParam.Asn', because: 'the gateways have that number' },
  { wish: { ...ADDRESS, Asn: '4294967296' }, answer: '400 IllegalParam.Asn', because: 'the number is too large' },
  { wish: { ...ADDRESS, Asn: '0' }, answer: '400 IllegalParam.Asn', because: 'numbers begin at 1' },
  {
    wish: { ...ADDRESS, Tags: [{ Key: 'k'.repeat(129) }] },
    answer: '400 IllegalParam.TagKey',
    because: 'a key has 128',
  },
  {
    wish: { ...ADDRESS, Tags: Array.from({ length: 21 }, (_, index) => ({ Key: `k${index}` })) },
    answer: '400 InvalidParameter',
    because: 'it has 21 tags',
  },
])('no customer gateway is made where $because', ({ wish, answer }) => {
  const vpn = localVpn();
  expect(vpn.refused('CreateCustomerGateway', wish)).toBe(answer);
  expect(vpn.state.size(CUSTOMER_GATEWAYS)).toBe(0);
});

test('an address has one customer gateway in a region, and another in another', () => {
  const vpn = localVpn();
  office(vpn);
  expect(vpn.refused('CreateCustomerGateway', ADDRESS)).toBe('400 InvalidIpAddress.AlreadyExist');
  expect(vpn.call('CreateCustomerGateway', { ...ADDRESS, RegionId: 'cn-shanghai' })).toMatchObject(ADDRESS);
});

test('the quota of customer gateways is the region’s', () => {
  const vpn = localVpn({ quotas: { customerGatewaysPerRegion: 1 } });
  office(vpn);
  const next = { IpAddress: '203.0.113.11' };
  expect(vpn.refused('CreateCustomerGateway', next)).toBe('400 Resource.QuotaFull');
  expect(vpn.call('CreateCustomerGateway', { ...next, RegionId: 'cn-shanghai' })).toMatchObject(next);
});

test('a list shows its region’s, by id where one is named, and page by page', () => {
  const vpn = localVpn();
  const [first, second] = [office(vpn, '203.0.113.10'), office(vpn, '203.0.113.11')];
  const found = (filter: JsonObject) =>
    list(vpn.call('DescribeCustomerGateways', filter), 'CustomerGateways', 'CustomerGateway').map(
      ({ CustomerGatewayId }) => CustomerGatewayId,
    );
  expect(found({})).toEqual([first, second]);
  expect(found({ CustomerGatewayId: second! })).toEqual([second]);
  expect(found({ PageSize: 1, PageNumber: 2 })).toEqual([second]);
  expect(found({ RegionId: 'cn-shanghai' })).toEqual([]);
  expect(vpn.call('DescribeCustomerGateways', { PageSize: 1 })).toMatchObject({
    TotalCount: 2,
    PageSize: 1,
    PageNumber: 1,
  });
});

test('a customer gateway that a tunnel leads to stays; afterwards it goes at once', () => {
  const vpn = localVpn();
  const VpnGatewayId = activeGateway(vpn);
  const CustomerGatewayId = office(vpn);
  const { VpnConnectionId } = vpn.settled('CreateVpnConnection', connectionOf(VpnGatewayId, CustomerGatewayId));
  expect(vpn.refused('DeleteCustomerGateway', { CustomerGatewayId })).toBe('400 DependencyViolation.VpnConnection');
  vpn.settled('DeleteVpnConnection', { VpnConnectionId: VpnConnectionId as string });
  expect(vpn.call('DeleteCustomerGateway', { CustomerGatewayId })).toEqual({});
  for (const action of ['DescribeCustomerGateway', 'DeleteCustomerGateway'])
    expect(vpn.refused(action, { CustomerGatewayId })).toBe('404 InvalidCustomerGatewayInstanceId.NotFound');
});

test('its name and description are changed at once, its address never', () => {
  const vpn = localVpn();
  const CustomerGatewayId = office(vpn);
  const changed = vpn.call('ModifyCustomerGatewayAttribute', { CustomerGatewayId, Name: 'office-1', Description: 'd' });
  expect(changed).toMatchObject({ CustomerGatewayId, Name: 'office-1', Description: 'd', IpAddress: '203.0.113.10' });
  vpn.call('ModifyCustomerGatewayAttribute', { CustomerGatewayId, Description: 'e', AuthKey: 'bgp' });
  expect(vpn.call('DescribeCustomerGateway', { CustomerGatewayId })).toMatchObject({
    Name: 'office-1',
    Description: 'e',
  });
  const refused = (change: JsonObject): string =>
    vpn.refused('ModifyCustomerGatewayAttribute', { CustomerGatewayId, ...change });
  expect(refused({ Name: 'https://a' })).toBe('400 InvalidName');
  expect(refused({ Description: 'x'.repeat(101) })).toBe('400 InvalidDescription');
  expect(refused({ CustomerGatewayId: 'cgw-9' })).toBe('404 InvalidCustomerGatewayInstanceId.NotFound');
  expect(refused({ IpAddress: '203.0.113.11' })).toBe('400 UnsupportedParameter');
});
