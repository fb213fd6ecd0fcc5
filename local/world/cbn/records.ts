/** What CEN keeps. What its tables hold is derived from these on reading (../routing/). */
import type { Tag } from '../vpc/records';

export const CENS = 'cbn.cens';
/** Basic edition. Key `cen/instance`. */
export const CHILD_INSTANCES = 'cbn.child-instances';
export const BANDWIDTH_PACKAGES = 'cbn.bandwidth-packages';
/** Basic edition. Key `cen/region/region`, the regions sorted. */
export const BANDWIDTH_LIMITS = 'cbn.bandwidth-limits';
/** Key `cen/route table/destination`. */
export const PUBLISHED_ROUTES = 'cbn.published-routes';
export const TRANSIT_ROUTERS = 'cbn.transit-routers';
export const ROUTER_TABLES = 'cbn.router-tables';
export const VPC_ATTACHMENTS = 'cbn.vpc-attachments';
export const PEER_ATTACHMENTS = 'cbn.peer-attachments';
/** Key `attachment/table`. */
export const ASSOCIATIONS = 'cbn.associations';
/** Key `attachment/table`. */
export const PROPAGATIONS = 'cbn.propagations';
export const ROUTER_ENTRIES = 'cbn.router-entries';
/** What the account has opened or been granted. Key `transit-router` or `cross-border`. */
export const OPENED_SERVICES = 'cbn.opened-services';
/** When a CEN may be written again. Key the CEN. */
export const CEN_LOCKS = 'cbn.locks';

/** Pay-by-data-transfer across the border of mainland China wants `cross-border`, which a review grants. */
export type ServiceName = 'transit-router' | 'cross-border';

export interface OpenedServiceRecord {
  name: ServiceName;
  openedAt: number;
}

export interface CenLockRecord {
  cenId: string;
  until: number;
}

export interface CenRecord {
  id: string;
  name: string;
  description: string;
  protectionLevel: 'REDUCED';
  status: 'Creating' | 'Active' | 'Deleting';
  /** `Basic` exists only where the account brought one: it cannot be made any more. */
  edition: 'Basic' | 'Enterprise';
  createdAt: number;
  tags: Tag[];
}

export interface ChildInstanceRecord {
  cenId: string;
  instanceId: string;
  instanceType: 'VPC';
  region: string;
  status: 'Attaching' | 'Attached' | 'Detaching';
  attachedAt: number;
}

export interface BandwidthPackageRecord {
  id: string;
  name: string;
  /** Absent, as the two below, where the account brought the package. */
  description?: string;
  bandwidthMbps: number;
  /** `china`, `north-america` …: two, sorted. */
  areas: [string, string];
  /** The same two in the order in which they were asked for, which descriptions keep. */
  sides?: [string, string];
  /** The service shows none that is still being made. */
  status: 'Creating' | 'Idle' | 'InUse';
  cenId: string | null;
  chargeType: 'PREPAY' | 'POSTPAY';
  /** When a prepaid one can be given back; what the account brought never can. */
  expiresAt?: number;
  createdAt: number;
  tags?: Tag[];
}

export interface BandwidthLimitRecord {
  cenId: string;
  regions: [string, string];
  bandwidthMbps: number;
  status: 'Active' | 'Modifying';
}

export interface PublishedRouteRecord {
  cenId: string;
  vpcId: string;
  region: string;
  routeTableId: string;
  destination: string;
  /** The entry that was published: the publication ends with it. Null for a vSwitch's own route. */
  routeEntryId: string | null;
  /** `Withdrawn` stands only for a vSwitch's own route, which is published unless one says otherwise. */
  status: 'Publishing' | 'Published' | 'Withdrawing' | 'Withdrawn';
  publishedAt: number;
}

export interface TransitRouterRecord {
  id: string;
  cenId: string;
  region: string;
  name: string;
  description: string;
  type: 'Enterprise' | 'Basic';
  status: 'Creating' | 'Active' | 'Modifying' | 'Deleting';
  createdAt: number;
  tags: Tag[];
}

export interface RouterTableRecord {
  id: string;
  routerId: string;
  type: 'System' | 'Custom';
  name: string;
  status: 'Creating' | 'Active' | 'Deleting';
  createdAt: number;
}

export type AttachmentStatus = 'Attaching' | 'Attached' | 'Modifying' | 'Detaching';

export interface VpcAttachmentRecord {
  id: string;
  cenId: string;
  routerId: string;
  region: string;
  vpcId: string;
  name: string;
  description: string;
  /** One address of each vSwitch is taken while the attachment lives. */
  zones: { zone: string; vSwitchId: string; networkInterfaceId: string; address: string }[];
  /** Writes the router's routes into the VPC. */
  autoPublishRoute: boolean;
  status: AttachmentStatus;
  createdAt: number;
  tags: Tag[];
}

export interface PeerAttachmentRecord {
  id: string;
  cenId: string;
  routerId: string;
  region: string;
  peerRouterId: string;
  peerRegion: string;
  name: string;
  description: string;
  /** 0 where none was given: 1 kbit/s passes, enough for a ping. */
  bandwidthMbps: number;
  bandwidthType: 'DataTransfer' | 'BandwidthPackage';
  bandwidthPackageId: string | null;
  linkType: 'Gold' | 'Platinum';
  /** Advertises the router's routes to the peer. */
  autoPublishRoute: boolean;
  status: AttachmentStatus;
  createdAt: number;
  tags: Tag[];
}

export interface AssociationRecord {
  attachmentId: string;
  tableId: string;
  status: 'Associating' | 'Active' | 'Dissociating';
}

export interface PropagationRecord {
  attachmentId: string;
  tableId: string;
  status: 'Enabling' | 'Active' | 'Disabling';
  createdAt: number;
}

export interface RouterEntryRecord {
  id: string;
  tableId: string;
  destination: string;
  nextHopType: 'Attachment' | 'BlackHole';
  nextHopId: string | null;
  name: string;
  description: string;
  status: 'Creating' | 'Active' | 'Deleting';
  createdAt: number;
}
