import { action } from '../rpc/action';
import { VPCS, type VpcRecord, VSWITCHES, type VSwitchRecord } from '../vpc/records';
import { FLAG, REQUIRED } from './parameters';
import { areaOf } from './regions';

/**
 * The zones that a router can reach into: here every zone in which the account has a vSwitch. Master and slave zones
 * are of an older model; the service still answers them, so they name the same zones.
 */
export const listTransitRouterAvailableResource = action({
  product: 'cbn',
  name: 'ListTransitRouterAvailableResource',
  parameters: { RegionId: REQUIRED, SupportMulticast: FLAG },
  handle({ state }, input) {
    areaOf(input.RegionId);
    const zones = state
      .values<VSwitchRecord>(VSWITCHES)
      .filter(({ vpcId }) => state.get<VpcRecord>(VPCS, vpcId)?.region === input.RegionId)
      .map(({ zone }) => zone);
    const available = input.SupportMulticast ? [] : [...new Set(zones)].sort();
    return { AvailableZones: available, MasterZones: available, SlaveZones: available, SupportMulticast: false };
  },
});
