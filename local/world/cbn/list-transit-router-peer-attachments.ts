import { action } from '../rpc/action';
import { peerAttachmentView } from './attachment-view';
import { byToken } from './paging';
import { TAGS, TEXT, TOKEN_PAGE } from './parameters';
import { PEER_ATTACHMENTS, type PeerAttachmentRecord } from './records';
import { matchesTags } from './tags';

/** Either end finds it: `RegionId` and `TransitRouterId` match the maker's side and the other one. */
export const listTransitRouterPeerAttachments = action({
  product: 'cbn',
  name: 'ListTransitRouterPeerAttachments',
  parameters: {
    ...TOKEN_PAGE,
    CenId: TEXT,
    RegionId: TEXT,
    TransitRouterId: TEXT,
    TransitRouterAttachmentId: TEXT,
    Tag: TAGS,
  },
  handle(context, input) {
    const attachments = context.state
      .values<PeerAttachmentRecord>(PEER_ATTACHMENTS)
      .filter(({ cenId }) => (input.CenId ?? cenId) === cenId)
      .filter(({ region, peerRegion }) => [region, peerRegion].includes(input.RegionId ?? region))
      .filter(({ routerId, peerRouterId }) => [routerId, peerRouterId].includes(input.TransitRouterId ?? routerId))
      .filter(({ id }) => (input.TransitRouterAttachmentId ?? id) === id)
      .filter(({ tags }) => matchesTags(tags, input.Tag));
    const { items, paging } = byToken(attachments, input);
    return {
      ...paging,
      TransitRouterAttachments: items.map((attachment) => peerAttachmentView(context, attachment)),
    };
  },
});
