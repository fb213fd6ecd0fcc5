/** Attachments as their lists show them. */
import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import type { PeerAttachmentRecord, VpcAttachmentRecord } from './records';
import { spanId, spanOf } from './regions';
import { routerTime } from './router-time';
import { tagList } from './tags';

const commonView = (attachment: VpcAttachmentRecord | PeerAttachmentRecord): JsonObject => ({
  TransitRouterAttachmentId: attachment.id,
  TransitRouterAttachmentName: attachment.name,
  TransitRouterAttachmentDescription: attachment.description,
  CenId: attachment.cenId,
  TransitRouterId: attachment.routerId,
  TransitRouterRegionId: attachment.region,
  RegionId: attachment.region,
  AutoPublishRouteEnabled: attachment.autoPublishRoute,
  Status: attachment.status,
  CreationTime: routerTime(attachment.createdAt),
  Tags: tagList(attachment.tags),
});

export const vpcAttachmentView = ({ settings }: Context, attachment: VpcAttachmentRecord): JsonObject => ({
  ...commonView(attachment),
  ResourceType: 'VPC',
  VpcId: attachment.vpcId,
  VpcOwnerId: Number(settings.accountId),
  VpcRegionId: attachment.region,
  ChargeType: 'POSTPAY',
  OrderType: 'PayByCenOwner',
  ZoneMappings: attachment.zones.map(({ zone, vSwitchId, networkInterfaceId }) => ({
    ZoneId: zone,
    VSwitchId: vSwitchId,
    NetworkInterfaceId: networkInterfaceId,
  })),
});

/** Always from the side that made it, also where the other router's attachments are asked for. */
export const peerAttachmentView = ({ settings }: Context, attachment: PeerAttachmentRecord): JsonObject => ({
  ...commonView(attachment),
  ResourceType: 'TR',
  PeerTransitRouterId: attachment.peerRouterId,
  PeerTransitRouterRegionId: attachment.peerRegion,
  PeerTransitRouterOwnerId: Number(settings.accountId),
  Bandwidth: attachment.bandwidthMbps,
  BandwidthType: attachment.bandwidthType,
  CenBandwidthPackageId: attachment.bandwidthPackageId ?? '',
  DefaultLinkType: attachment.linkType,
  GeographicSpanId: spanId(spanOf([attachment.region, attachment.peerRegion])),
});
