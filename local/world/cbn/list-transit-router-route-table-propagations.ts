import { action } from '../rpc/action';
import { attachmentOf, resourceOf } from './lookups';
import { byToken } from './paging';
import { REQUIRED, TEXT, TOKEN_PAGE } from './parameters';
import { PROPAGATIONS, type PropagationRecord } from './records';

export const listTransitRouterRouteTablePropagations = action({
  product: 'cbn',
  name: 'ListTransitRouterRouteTablePropagations',
  parameters: {
    ...TOKEN_PAGE,
    TransitRouterRouteTableId: REQUIRED,
    TransitRouterAttachmentId: TEXT,
    TransitRouterAttachmentResourceId: TEXT,
    TransitRouterAttachmentResourceType: TEXT,
    Status: TEXT,
  },
  handle(context, input) {
    const propagations = context.state
      .values<PropagationRecord>(PROPAGATIONS)
      .filter(({ tableId }) => tableId === input.TransitRouterRouteTableId)
      .filter(({ attachmentId }) => (input.TransitRouterAttachmentId ?? attachmentId) === attachmentId)
      .filter(({ status }) => (input.Status ?? status) === status)
      .flatMap(({ attachmentId, tableId, status }) => {
        const attachment = attachmentOf(context, attachmentId);
        return attachment
          ? [{ resource: resourceOf(attachment, context, tableId), attachmentId, tableId, status }]
          : [];
      })
      .filter(({ resource }) => (input.TransitRouterAttachmentResourceId ?? resource.id) === resource.id)
      .filter(({ resource }) => (input.TransitRouterAttachmentResourceType ?? resource.type) === resource.type);
    const { items, paging } = byToken(propagations, input);
    return {
      ...paging,
      TransitRouterPropagations: items.map(({ resource, attachmentId, tableId, status }) => ({
        TransitRouterRouteTableId: tableId,
        TransitRouterAttachmentId: attachmentId,
        ResourceId: resource.id,
        ResourceType: resource.type,
        Status: status,
      })),
    };
  },
});
