/** What a proof rests on that no table shows. Each is named once in the proof; pairs refer to it by id. */
import type { Assumption } from './proof';

/**
 * Stands under every pair with an office and changes no verdict: the cloud's tables cannot show the far end of a
 * tunnel. The others turn reachable into assumed.
 */
export const PACKS: Assumption = {
  id: 'offices-run-their-packs',
  text: "Every office's device runs the pack made for it: its tunnels stand, and its selectors mirror its connection's.",
};

/** Unverified: network-apis, section 12. Moot where the system table carries the packet as well. */
export const GATEWAY_TABLE: Assumption = {
  id: 'gateway-table',
  text: "A VPN gateway's packets are looked up in the table bound to the gateway's vSwitch, also where it is a custom one.",
};

export const ATTACHMENT_TABLE: Assumption = {
  id: 'attachment-table',
  text: "What a transit router sends into a VPC is looked up in the table bound to the attachment's vSwitch, also where it is a custom one.",
};

export const OFFICE_DEVICE: Assumption = {
  id: 'office-device',
  text: "Access between offices is held by the office's device, not by the cloud: the cloud carries every packet between them.",
};

export const ASSUMPTIONS: readonly Assumption[] = [PACKS, GATEWAY_TABLE, ATTACHMENT_TABLE, OFFICE_DEVICE];
