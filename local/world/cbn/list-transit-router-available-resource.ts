import { action } from '../rpc/action';
import { zonesOf } from '../vpc/zones';
import { FLAG, REQUIRED } from './parameters';
import { areaOf } from './regions';

/**
 * The zones that a router can reach into: here every zone of the region. Master and slave zones are of an older model;
 * the service still answers them, so they name the same zones.
 */
export const listTransitRouterAvailableResource = action({
  product: 'cbn',
  name: 'ListTransitRouterAvailableResource',
  parameters: { RegionId: REQUIRED, SupportMulticast: FLAG },
  handle({ state }, input) {
    areaOf(input.RegionId);
    const available = input.SupportMulticast ? [] : zonesOf(state, input.RegionId);
    return { AvailableZones: available, MasterZones: available, SlaveZones: available, SupportMulticast: false };
  },
});
