import { action } from '../rpc/action';
import type { Context } from '../world';
import { takeCen } from './cen-lock';
import { unlessDry } from './dry-run';
import { activeRouter, routersOf, wantRouterService } from './lookups';
import { DESCRIPTION, FLAG, NAME, REQUIRED, TAGS, TEXT, WRITE } from './parameters';
import { type PeerBandwidth, wantPeerBandwidth } from './peer-bandwidth';
import { PEER_ATTACHMENTS, type PeerAttachmentRecord, type TransitRouterRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { tagsOf } from './tags';

/** Made once, from one side; each side then wants its own association and propagation. */
export const createTransitRouterPeerAttachment = action({
  product: 'cbn',
  name: 'CreateTransitRouterPeerAttachment',
  parameters: {
    ...WRITE,
    CenId: TEXT,
    RegionId: TEXT,
    TransitRouterId: TEXT,
    PeerTransitRouterId: REQUIRED,
    PeerTransitRouterRegionId: TEXT,
    AutoPublishRouteEnabled: FLAG,
    Bandwidth: { type: 'integer', minimum: 1 },
    BandwidthType: { type: 'string', values: ['BandwidthPackage', 'DataTransfer'] },
    CenBandwidthPackageId: TEXT,
    DefaultLinkType: { type: 'string', values: ['Gold', 'Platinum'] },
    TransitRouterAttachmentName: NAME,
    TransitRouterAttachmentDescription: DESCRIPTION,
    Tag: TAGS,
  },
  handle: (context, input) =>
    unlessDry(
      context,
      input,
      () => {
        wantRouterService(context);
        const router = nearRouter(context, input);
        takeCen(context, router.cenId);
        const peer = farRouter(context, router, input.PeerTransitRouterId, input.PeerTransitRouterRegionId);
        const bandwidth: PeerBandwidth = {
          bandwidthMbps: input.Bandwidth ?? 0,
          bandwidthType: input.BandwidthType ?? 'BandwidthPackage',
          bandwidthPackageId: input.CenBandwidthPackageId ?? null,
          linkType: input.DefaultLinkType ?? 'Gold',
        };
        wantPeerBandwidth(context, { cenId: router.cenId, regions: [router.region, peer.region] }, bandwidth);
        const attachment: PeerAttachmentRecord = {
          id: context.newId('tr-attach-'),
          cenId: router.cenId,
          routerId: router.id,
          region: router.region,
          peerRouterId: peer.id,
          peerRegion: peer.region,
          name: input.TransitRouterAttachmentName ?? '',
          description: input.TransitRouterAttachmentDescription ?? '',
          ...bandwidth,
          autoPublishRoute: input.AutoPublishRouteEnabled ?? false,
          status: 'Attaching',
          createdAt: context.now,
          tags: tagsOf(input.Tag),
        };
        const key = attachment.id;
        context.state.put(PEER_ATTACHMENTS, key, attachment);
        settleAfter(context, 'peerAttach', { collection: PEER_ATTACHMENTS, key, from: 'Attaching', to: 'Attached' });
        return { TransitRouterAttachmentId: key };
      },
      'with the request id',
    ),
});

interface NearInput {
  CenId?: string;
  RegionId?: string;
  TransitRouterId?: string;
}

function nearRouter(context: Context, { CenId, RegionId, TransitRouterId }: NearInput): TransitRouterRecord {
  if (TransitRouterId !== undefined) return activeRouter(context, TransitRouterId);
  if (CenId === undefined || RegionId === undefined) throw refusal('MissingParam.CenIdOrRegionId');
  const router = routersOf(context, CenId).find(({ region }) => region === RegionId);
  if (!router) throw refusal('InvalidTransitRouterId.NotFound');
  return activeRouter(context, router.id);
}

/** Of the same CEN, in another region, not linked with the near one yet. */
function farRouter(
  context: Context,
  near: TransitRouterRecord,
  id: string,
  region: string | undefined,
): TransitRouterRecord {
  const far = activeRouter(context, id, 'InvalidPeerTransitRouterId.NotFound');
  if (far.cenId !== near.cenId) throw refusal('IllegalParam.PeerTransitRouterId');
  if (far.region === near.region || (region ?? far.region) !== far.region) throw refusal('IllegalParam.PeerRegionId');
  const linked = context.state
    .values<PeerAttachmentRecord>(PEER_ATTACHMENTS)
    .some(({ routerId, peerRouterId }) => [routerId, peerRouterId].sort().join() === [near.id, far.id].sort().join());
  if (linked) throw refusal('InvalidOperation');
  return far;
}
