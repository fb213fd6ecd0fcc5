/** What no answer tells and the cloud's own state does: both tunnels of an office hold the key that its record names. */
import { SECRETS, type SecretRecord, secretKey } from '../../../local/world/kms/records';
import type { State } from '../../../local/world/state';
import { VPN_CONNECTIONS, type VpnConnectionRecord } from '../../../local/world/vpc/records';
import type { ResourceRecord } from '../../../shared/engine/record';

/** Null where every tunnel has its own. */
export function otherKey(state: State, recorded: readonly ResourceRecord[]): string | null {
  const records = new Map(recorded.map((record) => [record.id, record]));
  for (const { id, cloudId, desired } of recorded) {
    if (desired?.kind !== 'vpn-connection' || desired.presharedKey === null || cloudId === null) continue;
    const secret = records.get(desired.presharedKey)?.cloudId ?? '';
    const key = state.get<SecretRecord>(SECRETS, secretKey(desired.region, secret))?.versions.at(-1)?.data;
    const tunnels = state.get<VpnConnectionRecord>(VPN_CONNECTIONS, cloudId)?.tunnels ?? [];
    const other = tunnels.find(({ ike }) => ike.Psk !== key);
    if (other) return `W7: the ${other.role} tunnel of ${id} has another key than ${desired.presharedKey}`;
  }
  return null;
}
