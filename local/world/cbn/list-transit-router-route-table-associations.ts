import { action } from '../rpc/action';
import { attachmentOf, resourceOf } from './lookups';
import { byToken } from './paging';
import { TEXT, TOKEN_PAGE } from './parameters';
import { ASSOCIATIONS, type AssociationRecord } from './records';

export const listTransitRouterRouteTableAssociations = action({
  product: 'cbn',
  name: 'ListTransitRouterRouteTableAssociations',
  parameters: {
    ...TOKEN_PAGE,
    TransitRouterRouteTableId: TEXT,
    TransitRouterAttachmentId: TEXT,
    TransitRouterAttachmentResourceId: TEXT,
    TransitRouterAttachmentResourceType: TEXT,
    Status: TEXT,
  },
  handle(context, input) {
    const associations = context.state
      .values<AssociationRecord>(ASSOCIATIONS)
      .filter(({ tableId }) => (input.TransitRouterRouteTableId ?? tableId) === tableId)
      .filter(({ attachmentId }) => (input.TransitRouterAttachmentId ?? attachmentId) === attachmentId)
      .filter(({ status }) => (input.Status ?? status) === status)
      .flatMap(({ attachmentId, tableId, status }) => {
        const attachment = attachmentOf(context, attachmentId);
        return attachment ? [{ attachment, resource: resourceOf(attachment, context, tableId), tableId, status }] : [];
      })
      .filter(({ resource }) => (input.TransitRouterAttachmentResourceId ?? resource.id) === resource.id)
      .filter(({ resource }) => (input.TransitRouterAttachmentResourceType ?? resource.type) === resource.type);
    const { items, paging } = byToken(associations, input);
    return {
      ...paging,
      TransitRouterAssociations: items.map(({ attachment, resource, tableId, status }) => ({
        TransitRouterRouteTableId: tableId,
        TransitRouterAttachmentId: attachment.id,
        CenId: attachment.cenId,
        ResourceId: resource.id,
        ResourceType: resource.type,
        Status: status,
      })),
    };
  },
});
