/** An attachment and a table that a request brings together or parts. */
import type { Context } from '../world';
import { takeCen } from './cen-lock';
import { type Attachment, attachmentOf, isAttachedTo } from './lookups';
import { REQUIRED, WRITE } from './parameters';
import { ROUTER_TABLES, type RouterTableRecord } from './records';
import { refusal } from './refusals';

export const TABLE_ATTACHMENT = {
  ...WRITE,
  TransitRouterAttachmentId: REQUIRED,
  TransitRouterRouteTableId: REQUIRED,
} as const;

interface TableAttachmentInput {
  TransitRouterAttachmentId: string;
  TransitRouterRouteTableId: string;
}

interface TableAttachment {
  table: RouterTableRecord;
  attachment: Attachment;
  /** Of the association and of the propagation. */
  key: string;
}

/** Both there, both ready, and of one router; the CEN taken for this write. */
export function tableAttachment(context: Context, input: TableAttachmentInput): TableAttachment {
  const table = context.state.get<RouterTableRecord>(ROUTER_TABLES, input.TransitRouterRouteTableId);
  if (!table) throw refusal('InvalidRouteTableId.NotFound');
  const attachment = attachmentOf(context, input.TransitRouterAttachmentId);
  if (!attachment || !isAttachedTo(attachment, table.routerId)) throw refusal('InvalidAttachmentId.NotFound');
  takeCen(context, attachment.cenId);
  // A router's table is ready when the router is, and nothing can be attached before.
  if (attachment.status !== 'Attached') throw refusal('IncorrectStatus.AttachmentOrRouteTable');
  return { table, attachment, key: `${attachment.id}/${table.id}` };
}
