/** A gateway on its way: init, provisioning, active. Its public addresses come with the second. */
import { formatIpv4 } from '../../../shared/cidr';
import { sha256Hex } from '../../../shared/json';
import type { State } from '../state';
import type { Context } from '../world';
import { VPN_GATEWAYS, type VpnGatewayRecord } from './records';
import { settleAfter } from './settle';

/** Blocks of public addresses that the service's own region pages show gateways in. */
const POOLS = [
  [8, 208],
  [47, 88],
  [47, 254],
] as const;

export function provision(context: Context, gateway: VpnGatewayRecord): void {
  const { state } = context;
  const internetIp = publicAddress(state, `${gateway.id}/1`);
  const [, second] = gateway.vSwitchIds;
  const addressed: VpnGatewayRecord = { ...gateway, status: 'provisioning', internetIp };
  // The second is drawn when the first is taken.
  state.put(VPN_GATEWAYS, gateway.id, addressed);
  if (second !== null)
    state.put(VPN_GATEWAYS, gateway.id, {
      ...addressed,
      disasterRecoveryInternetIp: publicAddress(state, `${gateway.id}/2`),
    });
  settleAfter(context, 'gatewayProvision', {
    collection: VPN_GATEWAYS,
    key: gateway.id,
    from: 'provisioning',
    to: 'active',
  });
}

/** Follows from the gateway's id, so that the same history gives the same addresses; the next one where it is taken. */
function publicAddress(state: State, of: string): string {
  const taken = new Set(
    state
      .values<VpnGatewayRecord>(VPN_GATEWAYS)
      .flatMap(({ internetIp, disasterRecoveryInternetIp }) => [internetIp, disasterRecoveryInternetIp]),
  );
  const drawn = Number.parseInt(sha256Hex(of).slice(0, 8), 16);
  const [first, second] = POOLS[drawn % POOLS.length] ?? POOLS[0];
  // Bounded: a /16 has more addresses than an account has gateways.
  for (let host = drawn % 65_000; ; host += 1) {
    const address = formatIpv4(first * 2 ** 24 + second * 2 ** 16 + (host % 65_000) + 256);
    if (!taken.has(address)) return address;
  }
}
