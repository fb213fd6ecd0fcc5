/** What bandwidth a peer attachment may have, and from where. */
import type { Context } from '../world';
import { bandwidthTaken } from './bandwidth';
import { isOpened } from './lookups';
import { BANDWIDTH_PACKAGES, type BandwidthPackageRecord, type PeerAttachmentRecord } from './records';
import { refusal } from './refusals';
import { isCrossBorder, type Span, sameSpan, spanOf } from './regions';

export type PeerBandwidth = Pick<
  PeerAttachmentRecord,
  'bandwidthMbps' | 'bandwidthType' | 'bandwidthPackageId' | 'linkType'
>;

interface Link {
  cenId: string;
  regions: Span;
  /** The attachment that is changed, which does not count against itself. */
  attachmentId?: string;
}

/**
 * Refuses what the service would. Pay-by-data-transfer needs no package, but across the mainland's border a service
 * that a review opens; a package must span both areas, be bound to the CEN and have that much left.
 */
export function wantPeerBandwidth(context: Context, link: Link, wish: PeerBandwidth): void {
  if (wish.bandwidthType === 'DataTransfer') {
    if (isCrossBorder(spanOf(link.regions)) && !isOpened(context, 'cross-border'))
      throw refusal('OperationInvalid.UserCanNotBuyCrossBorderBwp');
    return;
  }
  if (wish.linkType !== 'Gold') throw refusal('ParameterIllegal.BandwidthPackageDefaultLinkTypeOnlySupportGold');
  if (wish.bandwidthPackageId === null) {
    // Without a package there is 1 kbit/s, which nobody asks for in Mbit/s.
    if (wish.bandwidthMbps > 0) throw refusal('IllegalParam.CenBandwidthPackageId');
    return;
  }
  const bought = context.state.get<BandwidthPackageRecord>(BANDWIDTH_PACKAGES, wish.bandwidthPackageId);
  if (!bought || !sameSpan(bought.areas, spanOf(link.regions))) throw refusal('IllegalParam.CenBandwidthPackageId');
  if (bought.cenId !== link.cenId || bought.status !== 'InUse') throw refusal('InvalidOperation.BwpNotAssociated');
  if (wish.bandwidthMbps === 0) throw refusal('MissingParam.Bandwidth');
  if (bandwidthTaken(context.state, bought, link.attachmentId) + wish.bandwidthMbps > bought.bandwidthMbps)
    throw refusal('InvalidOperation.BwpBandwidthExceeded');
}
