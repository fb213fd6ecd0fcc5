/** What hangs on an attachment: without Force each of these keeps it, with Force they go first. */
import { ROUTE_ENTRIES, type RouteEntryRecord } from '../vpc/records';
import type { Context } from '../world';
import {
  ASSOCIATIONS,
  type AssociationRecord,
  PROPAGATIONS,
  type PropagationRecord,
  ROUTER_ENTRIES,
  type RouterEntryRecord,
} from './records';
import { refusal } from './refusals';

export function wantIndependent(context: Context, attachmentId: string): void {
  const { state } = context;
  const own = (record: { attachmentId: string }): boolean => record.attachmentId === attachmentId;
  if (state.values<AssociationRecord>(ASSOCIATIONS).some(own))
    throw refusal('OperationFailed.RouteTableAssociationExist');
  if (state.values<PropagationRecord>(PROPAGATIONS).some(own))
    throw refusal('OperationFailed.RouteTablePropagationExist');
  if (vpcEntriesTo(context, attachmentId).length > 0)
    throw refusal('OperationFailed.AttachmentReferencedVpcRouteEntryExisted');
  if (routerEntriesTo(context, attachmentId).length > 0) throw refusal('OperationFailed.RouteEntryExist');
}

export function removeDependants(context: Context, attachmentId: string): void {
  const { state } = context;
  for (const { attachmentId: id, tableId } of state.values<AssociationRecord>(ASSOCIATIONS))
    if (id === attachmentId) state.delete(ASSOCIATIONS, `${id}/${tableId}`);
  for (const { attachmentId: id, tableId } of state.values<PropagationRecord>(PROPAGATIONS))
    if (id === attachmentId) state.delete(PROPAGATIONS, `${id}/${tableId}`);
  for (const { id } of vpcEntriesTo(context, attachmentId)) state.delete(ROUTE_ENTRIES, id);
  for (const { id } of routerEntriesTo(context, attachmentId)) state.delete(ROUTER_ENTRIES, id);
}

const vpcEntriesTo = ({ state }: Context, attachmentId: string): RouteEntryRecord[] =>
  state
    .values<RouteEntryRecord>(ROUTE_ENTRIES)
    .filter(({ nextHopType, nextHopId }) => nextHopType === 'Attachment' && nextHopId === attachmentId);

const routerEntriesTo = ({ state }: Context, attachmentId: string): RouterEntryRecord[] =>
  state.values<RouterEntryRecord>(ROUTER_ENTRIES).filter(({ nextHopId }) => nextHopId === attachmentId);
