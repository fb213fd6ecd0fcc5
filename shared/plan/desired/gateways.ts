import type { Topology } from '../../topology/topology';
import type { VpnGateway } from '../desired';
import { gatewayId } from './resource-ids';
import { vpcsWithOffices } from './sites';
import type { Wanted } from './wanted';

/**
 * A gateway per VPC that offices come in by. Its two vSwitches are sorted: which of them is the first makes no
 * difference to the network, and a file put into another order must not replace a gateway.
 */
export function gateways(topology: Topology): Wanted<VpnGateway>[] {
  return vpcsWithOffices(topology).map((vpc) => ({
    id: gatewayId(vpc.name),
    desired: {
      kind: 'vpn-gateway',
      region: vpc.region,
      vpcId: vpc.id,
      vSwitchIds: vpc.gateway.vSwitches.toSorted() as [string, string],
      bandwidthMbps: vpc.gateway.bandwidthMbps,
    },
  }));
}
