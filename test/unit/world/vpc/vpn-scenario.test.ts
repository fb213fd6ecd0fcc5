/** From an empty VPC to an office's route in its table, and back, by requests alone. */
import {
  CUSTOMER_GATEWAYS,
  ROUTE_ENTRIES,
  VPN_CONNECTIONS,
  VPN_GATEWAYS,
  VPN_POLICY_ROUTES,
  VPN_ROUTE_ENTRIES,
  VSWITCHES,
  type VSwitchRecord,
} from '../../../../local/world/vpc/records';
import type { JsonObject } from '../../../../shared/json';
import { GATEWAY, list, localVpn } from './local-vpn';

test('two offices are connected, reached and taken away again, and nothing stays', () => {
  const vpn = localVpn();
  const ofGateway = (action: string, input: JsonObject = {}) => vpn.settled(action, { VpnGatewayId, ...input });
  const VpnGatewayId = vpn.call('CreateVpnGateway', GATEWAY)['VpnGatewayId'] as string;
  vpn.wait(180);

  const offices = [
    { IpAddress: '203.0.113.10', destination: '10.10.10.0/24' },
    { IpAddress: '203.0.113.11', destination: '10.10.11.0/24' },
  ].map(({ IpAddress, destination }) => {
    const CustomerGatewayId = vpn.call('CreateCustomerGateway', { IpAddress })['CustomerGatewayId'] as string;
    const VpnConnectionId = ofGateway('CreateVpnConnection', {
      LocalSubnet: '0.0.0.0/0',
      RemoteSubnet: '0.0.0.0/0',
      AutoConfigRoute: false,
      EffectImmediately: true,
      TunnelOptionsSpecification: ['master', 'slave'].map((Role) => ({
        Role,
        CustomerGatewayId,
        TunnelIkeConfig: { Psk: 'A-secret-of-the-office', IkeVersion: 'ikev2' },
      })),
    })['VpnConnectionId'] as string;
    const route = { RouteDest: destination, NextHop: VpnConnectionId, Weight: 100 };
    ofGateway('CreateVpnRouteEntry', { ...route, PublishVpc: true });
    return { CustomerGatewayId, VpnConnectionId, route };
  });

  const entries = list(
    vpn.call('DescribeRouteEntryList', { RouteTableId: 'vtb-vpc-1', NextHopId: VpnGatewayId }),
    'RouteEntrys',
    'RouteEntry',
  );
  expect(entries.map(({ DestinationCidrBlock, Status }) => `${DestinationCidrBlock} ${Status}`)).toEqual([
    '10.10.10.0/24 Available',
    '10.10.11.0/24 Available',
  ]);

  for (const { CustomerGatewayId, VpnConnectionId, route } of offices) {
    ofGateway('DeleteVpnRouteEntry', route);
    vpn.settled('DeleteVpnConnection', { VpnConnectionId });
    vpn.call('DeleteCustomerGateway', { CustomerGatewayId });
  }
  ofGateway('DeleteVpnGateway');
  vpn.wait(60);

  const left = [VPN_GATEWAYS, CUSTOMER_GATEWAYS, VPN_CONNECTIONS, VPN_ROUTE_ENTRIES, VPN_POLICY_ROUTES, ROUTE_ENTRIES];
  expect(left.filter((collection) => vpn.state.size(collection) > 0)).toEqual([]);
  expect(vpn.state.values<VSwitchRecord>(VSWITCHES).flatMap(({ usedAddresses }) => usedAddresses)).toEqual([]);
});
