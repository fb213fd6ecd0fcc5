/** What can carry tags, by the name that the tag actions give to its kind. */
import type { State } from '../state';
import type { Tag } from '../vpc/records';
import { BANDWIDTH_PACKAGES, CENS, PEER_ATTACHMENTS, TRANSIT_ROUTERS, VPC_ATTACHMENTS } from './records';
import { refusal } from './refusals';

export interface TaggedRecord {
  id: string;
  tags: Tag[];
}

interface TaggedKind {
  /** As the service spells it, which takes any case. */
  name: string;
  collection: string;
}

/** Route tables have tags on the service too; here each comes with its router and carries none. */
const KINDS: readonly TaggedKind[] = [
  { name: 'Cen', collection: CENS },
  { name: 'BandwidthPackage', collection: BANDWIDTH_PACKAGES },
  { name: 'TransitRouter', collection: TRANSIT_ROUTERS },
  { name: 'TransitRouterVpcAttachment', collection: VPC_ATTACHMENTS },
  { name: 'TransitRouterPeerAttachment', collection: PEER_ATTACHMENTS },
];

export function taggedKind(name: string): TaggedKind {
  const kind = KINDS.find((known) => known.name.toLowerCase() === name.toLowerCase());
  if (!kind) throw refusal('InvalidParameter');
  return kind;
}

/** All of them, or none: one that is missing refuses the whole request. */
export const taggedRecords = (state: State, { collection }: TaggedKind, ids: readonly string[]): TaggedRecord[] =>
  ids.map((id) => {
    // A package that the account brought has none.
    const record = state.get<{ id: string; tags?: Tag[] }>(collection, id);
    if (!record) throw refusal('InvalidResourceId.NotFound');
    return { ...record, tags: record.tags ?? [] };
  });
