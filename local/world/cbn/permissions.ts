/** Resources of CEN's actions: the ARNs of the service's RAM tables. None of them is of a region. */
import type { ResourceTable } from '../rpc/permissions';

const CEN = 'ceninstance/{CenId}';
const PACKAGE = 'cenbandwidthpackage/{CenBandwidthPackageId}';
const ROUTER = 'centransitrouter/{TransitRouterId}';
const ROUTER_OR_CEN = `${ROUTER}|${CEN}`;
const ATTACHMENT = 'centransitrouterattachment/{TransitRouterAttachmentId}';
const TABLE = 'centransitrouterroutetable/{TransitRouterRouteTableId}';

export const cbnResources: ResourceTable = {
  AssociateCenBandwidthPackage: CEN,
  AssociateTransitRouterAttachmentWithRouteTable: ATTACHMENT,
  AttachCenChildInstance: CEN,
  CheckTransitRouterService: '*',
  CreateCen: 'ceninstance/*',
  CreateCenBandwidthPackage: 'cenbandwidthpackage/*',
  CreateTransitRouter: CEN,
  CreateTransitRouterPeerAttachment: ROUTER_OR_CEN,
  CreateTransitRouterRouteEntry: TABLE,
  CreateTransitRouterVpcAttachment: ROUTER_OR_CEN,
  DeleteCen: CEN,
  DeleteCenBandwidthPackage: PACKAGE,
  DeleteTransitRouter: ROUTER,
  DeleteTransitRouterPeerAttachment: ATTACHMENT,
  DeleteTransitRouterRouteEntry: TABLE,
  DeleteTransitRouterVpcAttachment: ATTACHMENT,
  DescribeCenAttachedChildInstanceAttribute: CEN,
  DescribeCenAttachedChildInstances: CEN,
  DescribeCenBandwidthPackages: 'cenbandwidthpackage/*',
  DescribeCenChildInstanceRouteEntries: CEN,
  DescribeCenGeographicSpanRemainingBandwidth: CEN,
  // The service asks for no permission.
  DescribeCenGeographicSpans: null,
  DescribeCenInterRegionBandwidthLimits: CEN,
  DescribeCenRegionDomainRouteEntries: CEN,
  DescribeCens: 'ceninstance/*',
  DescribeGeographicRegionMembership: null,
  DescribePublishedRouteEntries: CEN,
  DetachCenChildInstance: CEN,
  DisableTransitRouterRouteTablePropagation: ATTACHMENT,
  DissociateTransitRouterAttachmentFromRouteTable: ATTACHMENT,
  EnableTransitRouterRouteTablePropagation: ATTACHMENT,
  ListTagResources: '*',
  ListTransitRouterAvailableResource: '*',
  ListTransitRouterPeerAttachments: `${ATTACHMENT}|${ROUTER}|${CEN}`,
  ListTransitRouterRouteEntries: TABLE,
  ListTransitRouterRouteTableAssociations: TABLE,
  ListTransitRouterRouteTablePropagations: TABLE,
  ListTransitRouterRouteTables: ROUTER,
  ListTransitRouterVpcAttachments: `${ATTACHMENT}|${ROUTER}|${CEN}`,
  ListTransitRouters: `${CEN}|${ROUTER}`,
  ModifyCenAttribute: CEN,
  ModifyCenBandwidthPackageAttribute: PACKAGE,
  ModifyCenBandwidthPackageSpec: PACKAGE,
  OpenTransitRouterService: '*',
  PublishRouteEntries: CEN,
  SetCenInterRegionBandwidthLimit: CEN,
  // A tag's resource depends on its type, a table of its own on the service.
  TagResources: '*',
  UnassociateCenBandwidthPackage: CEN,
  UntagResources: '*',
  UpdateTransitRouter: ROUTER,
  UpdateTransitRouterPeerAttachmentAttribute: ATTACHMENT,
  UpdateTransitRouterVpcAttachmentAttribute: ATTACHMENT,
  UpdateTransitRouterVpcAttachmentZones: ATTACHMENT,
  WithdrawPublishedRouteEntries: CEN,
};
