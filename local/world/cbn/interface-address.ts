/** The address that a transit router's network interface takes in a vSwitch. */
import { formatIpv4, parseCidr } from '../../../shared/cidr';
import type { State } from '../state';
import { VSWITCHES, type VSwitchRecord } from '../vpc/records';
import type { Context } from '../world';
import { refusal } from './refusals';

/** The service keeps the first address and the last three of a vSwitch. */
const RESERVED = { first: 1, last: 3 };

/** The highest free one: what people number by hand, they number from below. */
export function takeAddress({ state }: Context, vSwitch: VSwitchRecord): string {
  const range = parseCidr(vSwitch.cidr);
  if (!range) throw new TypeError(`${vSwitch.id} has no valid block: ${vSwitch.cidr}`);
  const used = new Set(vSwitch.usedAddresses);
  for (let value = range.last - RESERVED.last; value >= range.first + RESERVED.first; value -= 1) {
    const address = formatIpv4(value);
    if (used.has(address)) continue;
    state.put(VSWITCHES, vSwitch.id, { ...vSwitch, usedAddresses: [...vSwitch.usedAddresses, address] });
    return address;
  }
  throw refusal('InsufficientIpAddr.vsw');
}

export function releaseAddress(state: State, vSwitchId: string, address: string): void {
  const vSwitch = state.get<VSwitchRecord>(VSWITCHES, vSwitchId);
  if (!vSwitch) return;
  const usedAddresses = vSwitch.usedAddresses.filter((used) => used !== address);
  state.put(VSWITCHES, vSwitchId, { ...vSwitch, usedAddresses });
}
