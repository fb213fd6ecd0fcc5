import { action } from '../rpc/action';
import { takeCen } from './cen-lock';
import { unlessDry } from './dry-run';
import { DESCRIPTION, FLAG, NAME, REQUIRED, TEXT, WRITE } from './parameters';
import { wantPeerBandwidth } from './peer-bandwidth';
import { PEER_ATTACHMENTS, type PeerAttachmentRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** Bandwidth and advertising change in place, without an outage; a name alone changes nothing else. */
export const updateTransitRouterPeerAttachmentAttribute = action({
  product: 'cbn',
  name: 'UpdateTransitRouterPeerAttachmentAttribute',
  parameters: {
    ...WRITE,
    TransitRouterAttachmentId: REQUIRED,
    AutoPublishRouteEnabled: FLAG,
    Bandwidth: { type: 'integer', minimum: 1 },
    BandwidthType: { type: 'string', values: ['BandwidthPackage', 'DataTransfer'] },
    CenBandwidthPackageId: TEXT,
    DefaultLinkType: { type: 'string', values: ['Gold', 'Platinum'] },
    TransitRouterAttachmentName: NAME,
    TransitRouterAttachmentDescription: DESCRIPTION,
  },
  handle: (context, input) =>
    unlessDry(context, input, () => {
      const { state } = context;
      const key = input.TransitRouterAttachmentId;
      const attachment = state.get<PeerAttachmentRecord>(PEER_ATTACHMENTS, key);
      if (!attachment) throw refusal('InvalidTransitRouterAttachmentId.NotFound');
      takeCen(context, attachment.cenId);
      if (attachment.status !== 'Attached') throw refusal('IncorrectStatus.Attachment');
      const bandwidthType = input.BandwidthType ?? attachment.bandwidthType;
      const bandwidth = {
        bandwidthType,
        bandwidthMbps: input.Bandwidth ?? attachment.bandwidthMbps,
        bandwidthPackageId:
          bandwidthType === 'DataTransfer' ? null : (input.CenBandwidthPackageId ?? attachment.bandwidthPackageId),
        linkType: input.DefaultLinkType ?? attachment.linkType,
      };
      const { cenId, region, peerRegion } = attachment;
      wantPeerBandwidth(context, { cenId, regions: [region, peerRegion], attachmentId: key }, bandwidth);
      const named = {
        ...attachment,
        name: input.TransitRouterAttachmentName ?? attachment.name,
        description: input.TransitRouterAttachmentDescription ?? attachment.description,
      };
      const updated = {
        ...named,
        ...bandwidth,
        autoPublishRoute: input.AutoPublishRouteEnabled ?? attachment.autoPublishRoute,
      };
      const changes = JSON.stringify(updated) !== JSON.stringify(named);
      state.put(PEER_ATTACHMENTS, key, { ...updated, status: changes ? 'Modifying' : 'Attached' });
      if (changes)
        settleAfter(context, 'peerModify', { collection: PEER_ATTACHMENTS, key, from: 'Modifying', to: 'Attached' });
      return {};
    }),
});
