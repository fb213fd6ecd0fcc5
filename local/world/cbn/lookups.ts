/** Finding what a request names, or refusing it. */
import type { Context } from '../world';
import {
  BANDWIDTH_PACKAGES,
  type BandwidthPackageRecord,
  OPENED_SERVICES,
  PEER_ATTACHMENTS,
  type PeerAttachmentRecord,
  ROUTER_TABLES,
  type RouterTableRecord,
  type ServiceName,
  TRANSIT_ROUTERS,
  type TransitRouterRecord,
  VPC_ATTACHMENTS,
  type VpcAttachmentRecord,
} from './records';
import { type RefusalCode, refusal } from './refusals';

export const isOpened = ({ state }: Context, name: ServiceName): boolean =>
  state.get(OPENED_SERVICES, name) !== undefined;

/** Whoever has not opened the service once cannot make a router or attach anything to one. */
export function wantRouterService(context: Context): void {
  if (!isOpened(context, 'transit-router')) throw refusal('Forbbiden.TransitRouterServiceNotOpen');
}

/** An enterprise router that is ready for work. */
export function activeRouter(
  { state }: Context,
  id: string,
  missing: RefusalCode = 'InvalidTransitRouterId.NotFound',
): TransitRouterRecord {
  const router = state.get<TransitRouterRecord>(TRANSIT_ROUTERS, id);
  if (!router) throw refusal(missing);
  if (router.type !== 'Enterprise') throw refusal('OperationUnsupported.TransitRouterType');
  if (router.status !== 'Active') throw refusal('IncorrectStatus.TransitRouterInstance');
  return router;
}

/** One that is there: the service knows none that is still being made. */
export function packageOf({ state }: Context, id: string): BandwidthPackageRecord {
  const record = state.get<BandwidthPackageRecord>(BANDWIDTH_PACKAGES, id);
  if (!record || record.status === 'Creating') throw refusal('ParameterBwpInstanceId');
  return record;
}

export const routersOf = ({ state }: Context, cenId: string): TransitRouterRecord[] =>
  state.values<TransitRouterRecord>(TRANSIT_ROUTERS).filter((router) => router.cenId === cenId);

export const tablesOf = ({ state }: Context, routerId: string): RouterTableRecord[] =>
  state.values<RouterTableRecord>(ROUTER_TABLES).filter((table) => table.routerId === routerId);

export type Attachment = ({ kind: 'VPC' } & VpcAttachmentRecord) | ({ kind: 'TR' } & PeerAttachmentRecord);

export function attachmentOf({ state }: Context, id: string): Attachment | undefined {
  const vpc = state.get<VpcAttachmentRecord>(VPC_ATTACHMENTS, id);
  if (vpc) return { kind: 'VPC', ...vpc };
  const peer = state.get<PeerAttachmentRecord>(PEER_ATTACHMENTS, id);
  return peer && { kind: 'TR', ...peer };
}

/** A VPC attachment belongs to one router, a peer attachment to two. */
export const isAttachedTo = (attachment: Attachment, routerId: string): boolean =>
  attachment.routerId === routerId || (attachment.kind === 'TR' && attachment.peerRouterId === routerId);

export const attachmentsOf = (context: Context, routerId: string): Attachment[] =>
  [
    ...context.state.values<VpcAttachmentRecord>(VPC_ATTACHMENTS),
    ...context.state.values<PeerAttachmentRecord>(PEER_ATTACHMENTS),
  ].flatMap(({ id }) => {
    const attachment = attachmentOf(context, id);
    return attachment && isAttachedTo(attachment, routerId) ? [attachment] : [];
  });

/** What an attachment leads to, seen from the router of a table: a VPC, or the router at the other end. */
export function resourceOf(
  attachment: Attachment,
  { state }: Context,
  tableId: string,
): { type: 'VPC' | 'TR'; id: string } {
  if (attachment.kind === 'VPC') return { type: 'VPC', id: attachment.vpcId };
  const routerId = state.get<RouterTableRecord>(ROUTER_TABLES, tableId)?.routerId;
  return { type: 'TR', id: routerId === attachment.routerId ? attachment.peerRouterId : attachment.routerId };
}
