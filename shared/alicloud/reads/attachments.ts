/** A transit router's attachments: to VPCs, and to its peers in other regions. */
import * as z from 'zod';
import type { Cloud, CloudParameter, CloudRequest } from '../../engine/cloud';
import { tokenPages } from '../all-pages';
import { integer, text } from '../parse-response';

const shared = {
  TransitRouterAttachmentId: z.string(),
  TransitRouterAttachmentName: text,
  TransitRouterId: z.string(),
  /** `Attaching`, `Attached`, `Modifying`, `Detaching`, `Detached` */
  Status: z.string(),
  AutoPublishRouteEnabled: z.boolean().default(false),
};

const vpcAttachment = z.object({
  ...shared,
  VpcId: z.string(),
  ZoneMappings: z.array(z.object({ ZoneId: text, VSwitchId: z.string() })).default([]),
});
export type VpcAttachmentReading = z.infer<typeof vpcAttachment>;

const peerAttachment = z.object({
  ...shared,
  PeerTransitRouterId: text,
  Bandwidth: integer.default(0),
  BandwidthType: text,
  CenBandwidthPackageId: text,
});
export type PeerAttachmentReading = z.infer<typeof peerAttachment>;

const listing = <T extends z.ZodType>(attachment: T) =>
  z.object({ NextToken: z.string().nullish(), TransitRouterAttachments: z.array(attachment) });
const vpcListing = listing(vpcAttachment);
const peerListing = listing(peerAttachment);

const ask = (action: string, parameters: { [name: string]: CloudParameter }): CloudRequest => ({
  service: 'cbn',
  region: null,
  action,
  parameters,
});

interface AttachmentFilter {
  CenId: string;
  RegionId?: string;
  TransitRouterId?: string;
  TransitRouterAttachmentId?: string;
}

export const listVpcAttachments = (
  cloud: Cloud,
  filter: AttachmentFilter & { VpcId?: string },
): Promise<VpcAttachmentReading[]> =>
  tokenPages(cloud, ask('ListTransitRouterVpcAttachments', { ...filter }), {
    schema: vpcListing,
    items: ({ TransitRouterAttachments }) => TransitRouterAttachments.filter(isThere),
    pageSize: 50,
  });

export const listPeerAttachments = (cloud: Cloud, filter: AttachmentFilter): Promise<PeerAttachmentReading[]> =>
  tokenPages(cloud, ask('ListTransitRouterPeerAttachments', { ...filter }), {
    schema: peerListing,
    items: ({ TransitRouterAttachments }) => TransitRouterAttachments.filter(isThere),
    pageSize: 50,
  });

/** A removed one is shown for a while. */
const isThere = ({ Status }: { Status: string }): boolean => Status !== 'Detached';
