/** The vSwitches that an attachment reaches into: one a zone, each giving up one address. */

import type { State } from '../state';
import { type VpcRecord, VSWITCHES, type VSwitchRecord } from '../vpc/records';
import type { Context } from '../world';
import { releaseAddress, takeAddress } from './interface-address';
import type { VpcAttachmentRecord } from './records';
import { refusal } from './refusals';

interface ZoneMapping {
  ZoneId?: string;
  VSwitchId?: string;
}

const MAXIMUM = 10;

export function takeZones(
  context: Context,
  vpc: VpcRecord,
  mappings: readonly ZoneMapping[],
): VpcAttachmentRecord['zones'] {
  if (mappings.length === 0 || mappings.length > MAXIMUM) throw refusal('IllegalParam.ZoneMappings');
  if (new Set(mappings.map(({ ZoneId }) => ZoneId)).size < mappings.length) throw refusal('Duplicated.ZoneMapping');
  return mappings.map(({ ZoneId, VSwitchId }) => {
    const vSwitch = context.state.get<VSwitchRecord>(VSWITCHES, VSwitchId ?? '');
    if (!vSwitch) throw refusal('InvalidVSwitchId.NotFound');
    if (vSwitch.vpcId !== vpc.id) throw refusal('IllegalParam.VSwitchId');
    if (vSwitch.zone !== ZoneId) throw refusal('IllegalParam.ZoneId');
    return {
      zone: vSwitch.zone,
      vSwitchId: vSwitch.id,
      networkInterfaceId: context.newId('eni-'),
      address: takeAddress(context, vSwitch),
    };
  });
}

/** What is left when these are given up; an attachment cannot give up what it has not. */
export function giveBackZones(
  state: State,
  zones: VpcAttachmentRecord['zones'],
  mappings: readonly ZoneMapping[],
): VpcAttachmentRecord['zones'] {
  const given = mappings.map(({ ZoneId, VSwitchId }) => {
    const found = zones.find(({ zone, vSwitchId }) => zone === ZoneId && vSwitchId === VSwitchId);
    if (!found) throw refusal('IllegalParam.ZoneMappings');
    return found;
  });
  for (const { vSwitchId, address } of given) releaseAddress(state, vSwitchId, address);
  return zones.filter((zone) => !given.includes(zone));
}
