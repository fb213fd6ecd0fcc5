/** CEN's actions and what they leave to happen later. */
import type { Action } from '../rpc/action';
import { associateCenBandwidthPackage } from './associate-cen-bandwidth-package';
import { associateTransitRouterAttachmentWithRouteTable } from './associate-transit-router-attachment-with-route-table';
import { attachCenChildInstance } from './attach-cen-child-instance';
import { checkTransitRouterService } from './check-transit-router-service';
import { createCen } from './create-cen';
import { createCenBandwidthPackage } from './create-cen-bandwidth-package';
import { createTransitRouter } from './create-transit-router';
import { createTransitRouterPeerAttachment } from './create-transit-router-peer-attachment';
import { createTransitRouterRouteEntry } from './create-transit-router-route-entry';
import { createTransitRouterVpcAttachment } from './create-transit-router-vpc-attachment';
import { deleteCen } from './delete-cen';
import { deleteCenBandwidthPackage } from './delete-cen-bandwidth-package';
import { deleteTransitRouter } from './delete-transit-router';
import { deleteTransitRouterPeerAttachment } from './delete-transit-router-peer-attachment';
import { deleteTransitRouterRouteEntry } from './delete-transit-router-route-entry';
import { deleteTransitRouterVpcAttachment } from './delete-transit-router-vpc-attachment';
import { describeCenAttachedChildInstanceAttribute } from './describe-cen-attached-child-instance-attribute';
import { describeCenAttachedChildInstances } from './describe-cen-attached-child-instances';
import { describeCenBandwidthPackages } from './describe-cen-bandwidth-packages';
import { describeCenChildInstanceRouteEntries } from './describe-cen-child-instance-route-entries';
import { describeCenGeographicSpanRemainingBandwidth } from './describe-cen-geographic-span-remaining-bandwidth';
import { describeCenGeographicSpans } from './describe-cen-geographic-spans';
import { describeCenInterRegionBandwidthLimits } from './describe-cen-inter-region-bandwidth-limits';
import { describeCenRegionDomainRouteEntries } from './describe-cen-region-domain-route-entries';
import { describeCens } from './describe-cens';
import { describeGeographicRegionMembership } from './describe-geographic-region-membership';
import { describePublishedRouteEntries } from './describe-published-route-entries';
import { detachCenChildInstance } from './detach-cen-child-instance';
import { disableTransitRouterRouteTablePropagation } from './disable-transit-router-route-table-propagation';
import { dissociateTransitRouterAttachmentFromRouteTable } from './dissociate-transit-router-attachment-from-route-table';
import { enableTransitRouterRouteTablePropagation } from './enable-transit-router-route-table-propagation';
import { listTagResources } from './list-tag-resources';
import { listTransitRouterAvailableResource } from './list-transit-router-available-resource';
import { listTransitRouterPeerAttachments } from './list-transit-router-peer-attachments';
import { listTransitRouterRouteEntries } from './list-transit-router-route-entries';
import { listTransitRouterRouteTableAssociations } from './list-transit-router-route-table-associations';
import { listTransitRouterRouteTablePropagations } from './list-transit-router-route-table-propagations';
import { listTransitRouterRouteTables } from './list-transit-router-route-tables';
import { listTransitRouterVpcAttachments } from './list-transit-router-vpc-attachments';
import { listTransitRouters } from './list-transit-routers';
import { modifyCenAttribute } from './modify-cen-attribute';
import { modifyCenBandwidthPackageAttribute } from './modify-cen-bandwidth-package-attribute';
import { modifyCenBandwidthPackageSpec } from './modify-cen-bandwidth-package-spec';
import { openTransitRouterService } from './open-transit-router-service';
import { publishRouteEntries } from './publish-route-entries';
import { setCenInterRegionBandwidthLimit } from './set-cen-inter-region-bandwidth-limit';
import { tagResources } from './tag-resources';
import { unassociateCenBandwidthPackage } from './unassociate-cen-bandwidth-package';
import { untagResources } from './untag-resources';
import { updateTransitRouter } from './update-transit-router';
import { updateTransitRouterPeerAttachmentAttribute } from './update-transit-router-peer-attachment-attribute';
import { updateTransitRouterVpcAttachmentAttribute } from './update-transit-router-vpc-attachment-attribute';
import { updateTransitRouterVpcAttachmentZones } from './update-transit-router-vpc-attachment-zones';
import { withdrawPublishedRouteEntries } from './withdraw-published-route-entries';

export { cbnEffects } from './settle';

export const cbnActions: readonly Action[] = [
  associateCenBandwidthPackage,
  associateTransitRouterAttachmentWithRouteTable,
  attachCenChildInstance,
  checkTransitRouterService,
  createCen,
  createCenBandwidthPackage,
  createTransitRouter,
  createTransitRouterPeerAttachment,
  createTransitRouterRouteEntry,
  createTransitRouterVpcAttachment,
  deleteCen,
  deleteCenBandwidthPackage,
  deleteTransitRouter,
  deleteTransitRouterPeerAttachment,
  deleteTransitRouterRouteEntry,
  deleteTransitRouterVpcAttachment,
  describeCenAttachedChildInstanceAttribute,
  describeCenAttachedChildInstances,
  describeCenBandwidthPackages,
  describeCenChildInstanceRouteEntries,
  describeCenGeographicSpanRemainingBandwidth,
  describeCenGeographicSpans,
  describeCenInterRegionBandwidthLimits,
  describeCenRegionDomainRouteEntries,
  describeCens,
  describeGeographicRegionMembership,
  describePublishedRouteEntries,
  detachCenChildInstance,
  disableTransitRouterRouteTablePropagation,
  dissociateTransitRouterAttachmentFromRouteTable,
  enableTransitRouterRouteTablePropagation,
  listTagResources,
  listTransitRouterAvailableResource,
  listTransitRouterPeerAttachments,
  listTransitRouterRouteEntries,
  listTransitRouterRouteTableAssociations,
  listTransitRouterRouteTablePropagations,
  listTransitRouterRouteTables,
  listTransitRouters,
  listTransitRouterVpcAttachments,
  modifyCenAttribute,
  modifyCenBandwidthPackageAttribute,
  modifyCenBandwidthPackageSpec,
  openTransitRouterService,
  publishRouteEntries,
  setCenInterRegionBandwidthLimit,
  tagResources,
  unassociateCenBandwidthPackage,
  untagResources,
  updateTransitRouter,
  updateTransitRouterPeerAttachmentAttribute,
  updateTransitRouterVpcAttachmentAttribute,
  updateTransitRouterVpcAttachmentZones,
  withdrawPublishedRouteEntries,
];
