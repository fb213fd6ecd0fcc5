/** How transit routers are wired: what is attached, what each table learns from, and whose traffic it forwards. */
import {
  ASSOCIATIONS,
  type AssociationRecord,
  type AttachmentStatus,
  PEER_ATTACHMENTS,
  type PeerAttachmentRecord,
  PROPAGATIONS,
  type PropagationRecord,
  ROUTER_ENTRIES,
  ROUTER_TABLES,
  type RouterEntryRecord,
  type RouterTableRecord,
  TRANSIT_ROUTERS,
  type TransitRouterRecord,
  VPC_ATTACHMENTS,
  type VpcAttachmentRecord,
} from '../cbn/records';
import { append, derivedFrom } from './memo';

export const WIRING = [
  TRANSIT_ROUTERS,
  ROUTER_TABLES,
  VPC_ATTACHMENTS,
  PEER_ATTACHMENTS,
  ASSOCIATIONS,
  PROPAGATIONS,
  ROUTER_ENTRIES,
] as const;

export interface RouterFabric {
  /** By table. */
  routers: Map<string, TransitRouterRecord>;
  /** Those that carry traffic now; by attachment. */
  vpcAttachments: Map<string, VpcAttachmentRecord>;
  peerAttachments: Map<string, PeerAttachmentRecord>;
  /** Tables that learn from an attachment; a peer attachment has its own on either router. By attachment. */
  learners: Map<string, { tableId: string; since: number }[]>;
  /** Tables that forward what enters from an attachment. By attachment. */
  forwarders: Map<string, string[]>;
  /** Peer attachments whose entering traffic a table forwards. By table. */
  peersOf: Map<string, PeerAttachmentRecord[]>;
  /** By table. */
  staticEntries: Map<string, RouterEntryRecord[]>;
}

const carries = ({ status }: { status: AttachmentStatus }): boolean => status === 'Attached' || status === 'Modifying';

export const routerFabric = derivedFrom<RouterFabric>(WIRING, (state) => {
  const fabric: RouterFabric = {
    routers: new Map(),
    vpcAttachments: new Map(),
    peerAttachments: new Map(),
    learners: new Map(),
    forwarders: new Map(),
    peersOf: new Map(),
    staticEntries: new Map(),
  };
  for (const table of state.values<RouterTableRecord>(ROUTER_TABLES)) {
    const router = state.get<TransitRouterRecord>(TRANSIT_ROUTERS, table.routerId);
    if (router) fabric.routers.set(table.id, router);
  }
  for (const vpc of state.values<VpcAttachmentRecord>(VPC_ATTACHMENTS).filter(carries))
    fabric.vpcAttachments.set(vpc.id, vpc);
  for (const peer of state.values<PeerAttachmentRecord>(PEER_ATTACHMENTS).filter(carries))
    fabric.peerAttachments.set(peer.id, peer);
  for (const { attachmentId, tableId, status } of state.values<AssociationRecord>(ASSOCIATIONS)) {
    if (status !== 'Active') continue;
    append(fabric.forwarders, attachmentId, tableId);
    const peer = fabric.peerAttachments.get(attachmentId);
    if (peer) append(fabric.peersOf, tableId, peer);
  }
  for (const { attachmentId, tableId, status, createdAt } of state.values<PropagationRecord>(PROPAGATIONS))
    if (status === 'Active') append(fabric.learners, attachmentId, { tableId, since: createdAt });
  for (const entry of state.values<RouterEntryRecord>(ROUTER_ENTRIES))
    append(fabric.staticEntries, entry.tableId, entry);
  return fabric;
});

/** The other end of a peer attachment, seen from a router. */
export const otherEnd = (peer: PeerAttachmentRecord, routerId: string): { routerId: string; region: string } =>
  peer.routerId === routerId
    ? { routerId: peer.peerRouterId, region: peer.peerRegion }
    : { routerId: peer.routerId, region: peer.region };
