/** Whatever is asked of a gateway, in whatever order and at whatever time: what it says and what its VPC holds agree. */
import fc from 'fast-check';
import {
  ROUTE_ENTRIES,
  type RouteEntryRecord,
  VPN_CONNECTIONS,
  VPN_GATEWAYS,
  VPN_POLICY_ROUTES,
  VPN_ROUTE_ENTRIES,
  type VpnConnectionRecord,
  type VpnGatewayRecord,
  VSWITCHES,
  type VSwitchRecord,
} from '../../../local/world/vpc/records';
import type { JsonObject } from '../../../shared/json';
import { connectionOf, GATEWAY, type LocalVpn, localVpn, office } from '../../unit/world/vpc/local-vpn';

/** Few, so that they meet: indices into what there is at that moment. */
const pick = fc.nat({ max: 2 });
const block = fc.constantFrom('10.10.10.0/24', '10.10.20.0/24', '192.168.10.0/25');
const kinds = {
  gateway: fc.record({ kind: fc.constant('gateway' as const) }),
  connect: fc.record({ kind: fc.constant('connect' as const), gateway: pick, open: fc.boolean(), block }),
  route: fc.record({
    kind: fc.constant('route' as const),
    connection: pick,
    block,
    policy: fc.boolean(),
    published: fc.boolean(),
  }),
  publish: fc.record({
    kind: fc.constant('publish' as const),
    connection: pick,
    block,
    policy: fc.boolean(),
    published: fc.boolean(),
  }),
  unroute: fc.record({ kind: fc.constant('unroute' as const), connection: pick, block, policy: fc.boolean() }),
  entry: fc.record({ kind: fc.constant('entry' as const), block }),
  reselect: fc.record({ kind: fc.constant('reselect' as const), connection: pick, block }),
  disconnect: fc.record({ kind: fc.constant('disconnect' as const), connection: pick }),
  remove: fc.record({ kind: fc.constant('remove' as const), gateway: pick }),
};
type Wish = {
  [K in keyof typeof kinds]: (typeof kinds)[K] extends fc.Arbitrary<infer W> ? W : never;
}[keyof typeof kinds];
const wish: fc.Arbitrary<Wish> = fc.oneof(
  kinds.gateway,
  { weight: 3, arbitrary: kinds.connect },
  { weight: 6, arbitrary: kinds.route },
  { weight: 6, arbitrary: kinds.publish },
  { weight: 3, arbitrary: kinds.unroute },
  kinds.entry,
  { weight: 3, arbitrary: kinds.reselect },
  kinds.disconnect,
  kinds.remove,
);
/** Seconds before it: mostly long enough for the last write to be through, which makes the next one possible. */
const step = fc.record({ wish, after: fc.constantFrom(0, 1, 10, 15, 20, 20, 20, 200) });

const SOURCE = '192.168.0.0/16';
const all = <T>(vpn: LocalVpn, collection: string): T[] => vpn.state.values<T>(collection);

/** A refusal is an answer like any other. */
function attempt(vpn: LocalVpn, [action, input]: [action: string, input: JsonObject]): void {
  try {
    vpn.call(action, input);
  } catch (error) {
    if (!(error as Error).message.startsWith(`${action}: `)) throw error;
  }
}

function requestOf(vpn: LocalVpn, customer: string, wanted: Wish): [action: string, input: JsonObject] {
  const gateway = (index: number): string => all<VpnGatewayRecord>(vpn, VPN_GATEWAYS)[index]?.id ?? 'vpn-none';
  const connection = (index: number) => all<VpnConnectionRecord>(vpn, VPN_CONNECTIONS)[index];
  const named = (index: number): JsonObject => ({ VpnConnectionId: connection(index)?.id ?? 'vco-none' });
  const hop = (index: number, RouteDest: string): JsonObject => {
    const found = connection(index);
    return { VpnGatewayId: found?.vpnGatewayId ?? 'vpn-none', NextHop: found?.id ?? 'vco-none', RouteDest };
  };
  switch (wanted.kind) {
    case 'gateway':
      return ['CreateVpnGateway', GATEWAY];
    case 'connect': {
      const selectors = wanted.open ? {} : { LocalSubnet: SOURCE, RemoteSubnet: wanted.block };
      return ['CreateVpnConnection', { ...connectionOf(gateway(wanted.gateway), customer), ...selectors }];
    }
    case 'route': {
      const route = { ...hop(wanted.connection, wanted.block), Weight: 100, PublishVpc: wanted.published };
      return wanted.policy
        ? ['CreateVpnPbrRouteEntry', { ...route, RouteSource: SOURCE }]
        : ['CreateVpnRouteEntry', route];
    }
    case 'publish': {
      const RouteType = wanted.policy ? 'pbr' : 'dbr';
      const route = hop(wanted.connection, wanted.block);
      return ['PublishVpnRouteEntry', { ...route, RouteType, PublishVpc: wanted.published }];
    }
    case 'unroute': {
      const route = { ...hop(wanted.connection, wanted.block), Weight: 100 };
      return wanted.policy
        ? ['DeleteVpnPbrRouteEntry', { ...route, RouteSource: SOURCE }]
        : ['DeleteVpnRouteEntry', route];
    }
    case 'entry': {
      const entry = { NextHopType: 'NetworkInterface', NextHopId: 'eni-1' };
      return ['CreateRouteEntry', { ...entry, RouteTableId: 'vtb-vpc-1', DestinationCidrBlock: wanted.block }];
    }
    case 'reselect':
      return ['ModifyVpnConnectionAttribute', { ...named(wanted.connection), RemoteSubnet: wanted.block }];
    case 'disconnect':
      return ['DeleteVpnConnection', named(wanted.connection)];
    case 'remove':
      return ['DeleteVpnGateway', { VpnGatewayId: gateway(wanted.gateway) }];
  }
}

interface Published {
  vpnGatewayId: string;
  destination: string;
  published: boolean;
}

function check(vpn: LocalVpn): void {
  const said = [...all<Published>(vpn, VPN_ROUTE_ENTRIES), ...all<Published>(vpn, VPN_POLICY_ROUTES)]
    .filter(({ published }) => published)
    .map(({ vpnGatewayId, destination }) => `${vpnGatewayId} ${destination}`);
  const entries = all<RouteEntryRecord>(vpn, ROUTE_ENTRIES);
  const held = entries
    .filter(({ publishedBy, status }) => publishedBy !== null && status !== 'Deleting')
    .map(({ publishedBy, destination }) => `${publishedBy} ${destination}`);
  expect([...new Set(said)].sort()).toEqual(held.sort());
  // One entry for a block, and the addresses of gateways that are there.
  const blocks = entries.map(({ routeTableId, destination }) => `${routeTableId} ${destination}`);
  expect(new Set(blocks).size).toBe(blocks.length);
  const interfaces = all<VpnGatewayRecord>(vpn, VPN_GATEWAYS).flatMap((gateway) =>
    gateway.interfaces.map(({ address }) => address),
  );
  const taken = all<VSwitchRecord>(vpn, VSWITCHES).flatMap(({ usedAddresses }) => usedAddresses);
  expect(taken.sort()).toEqual(interfaces.sort());
}

test('what gateways say and what their VPC holds agree after every step, and everything settles', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
      const vpn = localVpn();
      const customer = office(vpn);
      vpn.call('CreateVpnGateway', GATEWAY);
      vpn.wait(180);
      for (const { wish: wanted, after } of steps) {
        vpn.wait(after);
        attempt(vpn, requestOf(vpn, customer, wanted));
        check(vpn);
      }
      vpn.wait(600);
      check(vpn);
      const states = [
        ...all<VpnGatewayRecord>(vpn, VPN_GATEWAYS).map(({ status }) => status),
        ...all<VpnConnectionRecord>(vpn, VPN_CONNECTIONS).flatMap(({ state, tunnels }) => [
          state,
          ...tunnels.map((tunnel) => tunnel.state),
        ]),
        ...all<RouteEntryRecord>(vpn, ROUTE_ENTRIES).map(({ status }) => status.replace('Available', 'active')),
      ];
      expect(states.filter((state) => state !== 'active')).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
