/**
 * The link between the transit routers of two regions: made once, seen from both. Here AutoPublishRouteEnabled means
 * another thing than on a VPC's attachment: the router tells its routes to its peer.
 */
import * as z from 'zod';
import { listPeerAttachments, type PeerAttachmentReading } from '../alicloud/reads/attachments';
import { minutes, seconds } from '../clock';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { PeerAttachment } from '../plan/desired';
import { createWithToken } from './create-with-token';
import { absent, present } from './observation';
import { referenced } from './references';
import { tolerate } from './tolerate';
import { wireTagsOf } from './wire-tags';

const stored = z.object({ CenId: z.string(), TransitRouterId: z.string(), PeerTransitRouterId: z.string() });
const attachmentAttributes = z.object({
  autoPublishRoute: z.boolean(),
  bandwidthMbps: z.number(),
  bandwidthType: z.string(),
  /** Empty where traffic is paid for. */
  bandwidthPackage: z.string(),
});

export const peerAttachment: ResourceKind<PeerAttachment> = {
  kind: 'peer-attachment',
  clientToken: true,
  borrows: true,
  pollAfter: seconds(10),
  deadline: minutes(45),

  prepare: async ({ desired, references, identity }) => ({
    CenId: referenced(references, desired.cen).cloudId,
    RegionId: desired.region,
    TransitRouterId: referenced(references, desired.router).cloudId,
    PeerTransitRouterId: referenced(references, desired.peerRouter).cloudId,
    PeerTransitRouterRegionId: desired.peerRegion,
    AutoPublishRouteEnabled: true,
    ...bandwidthOf(desired),
    TransitRouterAttachmentName: identity.name,
    Tag: wireTagsOf(identity),
  }),

  find: async ({ parameters, cloud }) => {
    const { CenId, TransitRouterId, PeerTransitRouterId } = stored.parse(parameters);
    const attachments = await listPeerAttachments(cloud, { CenId, TransitRouterId });
    // Whichever side it was made from.
    return observation(
      attachments.find((attachment) => {
        const ends = [attachment.TransitRouterId, attachment.PeerTransitRouterId];
        return ends.includes(TransitRouterId) && ends.includes(PeerTransitRouterId);
      }),
    );
  },

  observe: async ({ cloudId, parameters, cloud }) => {
    const { CenId } = stored.parse(parameters);
    const attachments = await listPeerAttachments(cloud, { CenId, TransitRouterAttachmentId: cloudId });
    return observation(attachments.find(({ TransitRouterAttachmentId }) => TransitRouterAttachmentId === cloudId));
  },

  create: async ({ parameters, token, cloud }) => {
    const request = { service: 'cbn', region: null, action: 'CreateTransitRouterPeerAttachment', parameters } as const;
    return createWithToken(cloud, request, token, 'TransitRouterAttachmentId');
  },

  differences: ({ desired, ownership, attributes }) => {
    const seen = attachmentAttributes.parse(attributes);
    const wanted = bandwidthOf(desired);
    if (ownership === 'borrowed') {
      if (!seen.autoPublishRoute)
        return { kind: 'refuse', reason: 'the link was there before and advertises no routes: turn that on' };
      return seen.bandwidthMbps >= desired.bandwidthMbps
        ? { kind: 'none' }
        : { kind: 'refuse', reason: `the link was there before and has ${seen.bandwidthMbps} Mbit/s: raise it` };
    }
    if (!seen.autoPublishRoute) return { kind: 'update', reason: 'advertises its routes to the peer' };
    const same =
      seen.bandwidthMbps === wanted.Bandwidth &&
      seen.bandwidthType === wanted.BandwidthType &&
      seen.bandwidthPackage === (desired.bandwidthPackage ?? '');
    return same
      ? { kind: 'none' }
      : { kind: 'update', reason: `sets its bandwidth to ${desired.bandwidthMbps} Mbit/s` };
  },

  update: async ({ desired, cloudId, token, cloud }) => {
    const parameters = {
      TransitRouterAttachmentId: cloudId,
      AutoPublishRouteEnabled: true,
      ...bandwidthOf(desired),
      ClientToken: token,
    };
    await cloud.call({
      service: 'cbn',
      region: null,
      action: 'UpdateTransitRouterPeerAttachmentAttribute',
      parameters,
    });
  },

  remove: ({ cloudId, token, cloud }) => {
    const parameters = { TransitRouterAttachmentId: cloudId, ClientToken: token };
    return tolerate(
      'gone',
      cloud.call({ service: 'cbn', region: null, action: 'DeleteTransitRouterPeerAttachment', parameters }),
    );
  },
};

/** From a package that the file names, or paid by the gigabyte. Without either a link carries 1 kbit/s. */
const bandwidthOf = ({ bandwidthMbps, bandwidthPackage }: PeerAttachment) => ({
  Bandwidth: bandwidthMbps,
  ...(bandwidthPackage === null
    ? { BandwidthType: 'DataTransfer' }
    : { BandwidthType: 'BandwidthPackage', CenBandwidthPackageId: bandwidthPackage }),
});

function observation(attachment: PeerAttachmentReading | undefined): Observation {
  if (!attachment) return absent;
  return present({
    cloudId: attachment.TransitRouterAttachmentId,
    settled: attachment.Status === 'Attached',
    attributes: {
      name: attachment.TransitRouterAttachmentName,
      autoPublishRoute: attachment.AutoPublishRouteEnabled,
      bandwidthMbps: attachment.Bandwidth,
      bandwidthType: attachment.BandwidthType,
      bandwidthPackage: attachment.CenBandwidthPackageId,
    },
  });
}
