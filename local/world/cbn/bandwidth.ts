/** Who uses how much of a bandwidth package: inter-region limits of basic CENs, and peer attachments. */
import type { State } from '../state';
import {
  BANDWIDTH_LIMITS,
  BANDWIDTH_PACKAGES,
  type BandwidthLimitRecord,
  type BandwidthPackageRecord,
  PEER_ATTACHMENTS,
  type PeerAttachmentRecord,
} from './records';
import { type Span, sameSpan, spanOf } from './regions';

/** A CEN has at most one package for a span. */
export const packageFor = (state: State, cenId: string, span: Span): BandwidthPackageRecord | undefined =>
  state
    .values<BandwidthPackageRecord>(BANDWIDTH_PACKAGES)
    .find((record) => record.cenId === cenId && record.status === 'InUse' && sameSpan(record.areas, span));

export const limitKey = (cenId: string, regions: Span): string => [cenId, ...[...regions].sort()].join('/');

/**
 * Mbit/s of the package that are taken.
 * @param except the limit or peer attachment that is about to change, which does not count against itself
 */
export function bandwidthTaken(state: State, { id, cenId, areas }: BandwidthPackageRecord, except?: string): number {
  const limits = state
    .values<BandwidthLimitRecord>(BANDWIDTH_LIMITS)
    .filter((limit) => limit.cenId === cenId && sameSpan(spanOf(limit.regions), areas))
    .filter((limit) => limitKey(limit.cenId, limit.regions) !== except);
  const peers = state
    .values<PeerAttachmentRecord>(PEER_ATTACHMENTS)
    .filter((peer) => peer.bandwidthPackageId === id && peer.id !== except);
  return [...limits, ...peers].reduce((sum, { bandwidthMbps }) => sum + bandwidthMbps, 0);
}
