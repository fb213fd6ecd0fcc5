/** One place on a packet's way, what it looked up there, and how the way ends. */

export interface Hop {
  /** `table vtb-1 of vpc virginia` */
  place: string;
  at: HopPlace;
  /** The place and what was found there: `table vtb-1 of vpc virginia: 10.10.10.0/24 → gateway vpn-1`. */
  text: string;
  /** The same on the way back; made once, since a million pairs share it. */
  replyText: string;
  took: Took;
  /** The block of the route that decided, where one did. */
  route: string | null;
}

export type HopPlace =
  | { kind: 'office'; name: string }
  | { kind: 'gateway'; id: string; vpc: string }
  | { kind: 'tunnel'; connectionId: string; office: string | null }
  | { kind: 'vpc-table'; vpc: string; tableId: string; system: boolean }
  | { kind: 'router'; routerId: string; tableId: string | null }
  | { kind: 'cen-region'; region: string }
  | { kind: 'vpc'; name: string };

/** Where the packet went next; compared with where it should have gone. */
export type Took =
  | { kind: 'nowhere' }
  | { kind: 'delivered' }
  | { kind: 'into-vpc' }
  | { kind: 'connection'; id: string; policyPriority: number | null }
  | { kind: 'v-switch'; id: string }
  | { kind: 'gateway'; id: string }
  | { kind: 'attachment'; id: string }
  | { kind: 'region'; vpcId: string }
  | { kind: 'black-hole' }
  | { kind: 'other'; type: string; id: string };

export type End =
  | { kind: 'office'; name: string }
  | { kind: 'vpc'; name: string }
  | { kind: 'dropped'; reason: DropReason };

export type DropReason =
  | { kind: 'no-route' }
  /** A black hole, or a next hop that the model knows nothing about: whatever stands there is not this network. */
  | { kind: 'dead-end' }
  /** A next hop that does not exist, or not here. */
  | { kind: 'dangling'; what: string }
  | { kind: 'not-associated'; attachmentId: string }
  | { kind: 'not-attached'; vpc: string }
  | { kind: 'no-tunnel' }
  | { kind: 'own-block' }
  | { kind: 'selector'; connectionId: string; side: 'cloudSide' | 'officeSide'; blocks: string }
  | { kind: 'no-office'; connectionId: string }
  /** Two zones' tables lead to different places. */
  | { kind: 'split' }
  | { kind: 'loop' }
  | { kind: 'too-long' };

export const REPLY = 'reply: ';

export function makeHop(place: string, at: HopPlace, found: string, took: Took, route: string | null = null): Hop {
  const text = `${place}: ${found}`;
  return { place, at, text, replyText: REPLY + text, took, route };
}
