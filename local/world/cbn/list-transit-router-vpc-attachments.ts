import { action } from '../rpc/action';
import { vpcAttachmentView } from './attachment-view';
import { byToken } from './paging';
import { TAGS, TEXT, TOKEN_PAGE } from './parameters';
import { VPC_ATTACHMENTS, type VpcAttachmentRecord } from './records';
import { matchesTags } from './tags';

export const listTransitRouterVpcAttachments = action({
  product: 'cbn',
  name: 'ListTransitRouterVpcAttachments',
  parameters: {
    ...TOKEN_PAGE,
    CenId: TEXT,
    RegionId: TEXT,
    TransitRouterId: TEXT,
    TransitRouterAttachmentId: TEXT,
    VpcId: TEXT,
    Status: TEXT,
    OrderType: TEXT,
    Tag: TAGS,
  },
  handle(context, input) {
    const attachments = context.state
      .values<VpcAttachmentRecord>(VPC_ATTACHMENTS)
      .filter(({ cenId }) => (input.CenId ?? cenId) === cenId)
      .filter(({ region }) => (input.RegionId ?? region) === region)
      .filter(({ routerId }) => (input.TransitRouterId ?? routerId) === routerId)
      .filter(({ id }) => (input.TransitRouterAttachmentId ?? id) === id)
      .filter(({ vpcId }) => (input.VpcId ?? vpcId) === vpcId)
      .filter(({ status }) => (input.Status ?? status) === status)
      .filter(() => (input.OrderType ?? 'PayByCenOwner') === 'PayByCenOwner')
      .filter(({ tags }) => matchesTags(tags, input.Tag));
    const { items, paging } = byToken(attachments, input);
    return {
      ...paging,
      TransitRouterAttachments: items.map((attachment) => vpcAttachmentView(context, attachment)),
    };
  },
});
