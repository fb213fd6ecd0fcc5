/**
 * What a topology asks for, resource by resource: one member of the union a kind, each with the attributes that its
 * create call needs. Other resources are named by their id, never by the cloud's: those are known only at run time.
 */
import type { Brand } from '../brand';
import type { Cidr, Ipv4 } from '../cidr';
import type { PortRange, TunnelParameters } from '../topology/topology';

/** `vpn-connection/office-1`: the kind and a name that is unique within it. Also the id of its task. */
export type ResourceId = Brand<string, 'ResourceId'>;

export const STEPS = ['gateway', 'tunnel', 'cen', 'routes', 'security-group'] as const;
export type Step = (typeof STEPS)[number];

export interface VpnGateway {
  kind: 'vpn-gateway';
  region: string;
  vpcId: string;
  /** Two zones. */
  vSwitchIds: [string, string];
  bandwidthMbps: number;
}

/** One per address and region: two networks may need the same, so it may turn out to be borrowed. */
export interface CustomerGateway {
  kind: 'customer-gateway';
  region: string;
  address: Ipv4;
}

/** A generic secret of the key management service, in the region of the gateway that uses it. */
export interface PresharedKey {
  kind: 'pre-shared-key';
  region: string;
  /** Its name where the file says it; of one that we make `acme/office-1`, the end of its name. */
  secretName: string;
  /** True where the file names it: it must exist and is only read. */
  provided: boolean;
}

export interface VpnConnection {
  kind: 'vpn-connection';
  region: string;
  gateway: ResourceId;
  customerGateway: ResourceId;
  /** Null: its tunnels have a key that nobody tells, and that is left as it is. */
  presharedKey: ResourceId | null;
  cloudSide: Cidr[];
  officeSide: Cidr[];
  tunnel: TunnelParameters;
}

/** A destination route on the gateway, published to the VPC's system table. */
export interface VpnRoute {
  kind: 'vpn-route';
  region: string;
  gateway: ResourceId;
  connection: ResourceId;
  destination: Cidr;
}

/** An entry towards the gateway in a custom table, which publication does not reach. */
export interface VpcRoute {
  kind: 'vpc-route';
  region: string;
  vpcId: string;
  routeTableId: string;
  destination: Cidr;
  gateway: ResourceId;
}

export interface Cen {
  kind: 'cen';
  /** An existing one, adopted and never changed; null to make one. */
  existingId: string | null;
}

export interface TransitRouter {
  kind: 'transit-router';
  cen: ResourceId;
  region: string;
}

export interface VpcAttachment {
  kind: 'vpc-attachment';
  cen: ResourceId;
  router: ResourceId;
  region: string;
  vpcId: string;
  zones: { zone: string; vSwitchId: string }[];
}

export interface PeerAttachment {
  kind: 'peer-attachment';
  cen: ResourceId;
  router: ResourceId;
  region: string;
  peerRouter: ResourceId;
  peerRegion: string;
  bandwidthMbps: number;
  /** Null: paid by traffic (`DataTransfer`). */
  bandwidthPackage: string | null;
}

/** Which table forwards what enters from the attachment: `router`'s system table. */
export interface RouteTableAssociation {
  kind: 'route-table-association';
  region: string;
  router: ResourceId;
  attachment: ResourceId;
}

/** `router`'s system table learns the attachment's routes. */
export interface RouteTablePropagation {
  kind: 'route-table-propagation';
  region: string;
  router: ResourceId;
  attachment: ResourceId;
}

/** Basic edition: a VPC attached to the CEN instance. */
export interface CenChildInstance {
  kind: 'cen-child-instance';
  cen: ResourceId;
  region: string;
  vpcId: string;
}

/** Basic edition: a bandwidth package that the file names, bound to the CEN instance. */
export interface BandwidthPackage {
  kind: 'bandwidth-package';
  cen: ResourceId;
  packageId: string;
}

/** Basic edition. */
export interface InterRegionBandwidth {
  kind: 'inter-region-bandwidth';
  cen: ResourceId;
  regions: [string, string];
  bandwidthMbps: number;
}

/** An entry of a VPC's system table, published into CEN. */
export interface CenRoute {
  kind: 'cen-route';
  cen: ResourceId;
  region: string;
  vpcId: string;
  destination: Cidr;
}

/** The rules in front of one application: one per source and port. */
export interface SecurityGroupRules {
  kind: 'security-group-rules';
  region: string;
  securityGroupId: string;
  rules: { source: Cidr; port: PortRange }[];
}

export type Desired =
  | VpnGateway
  | CustomerGateway
  | PresharedKey
  | VpnConnection
  | VpnRoute
  | VpcRoute
  | Cen
  | TransitRouter
  | VpcAttachment
  | PeerAttachment
  | RouteTableAssociation
  | RouteTablePropagation
  | CenChildInstance
  | BandwidthPackage
  | InterRegionBandwidth
  | CenRoute
  | SecurityGroupRules;

export type Kind = Desired['kind'];

export interface DesiredResource {
  id: ResourceId;
  desired: Desired;
  /** What must be done before: everything the attributes name, and what the cloud needs besides. */
  needs: ResourceId[];
}

/** The step, function and queue that each kind belongs to. */
export const STEP_OF: Record<Kind, Step> = {
  'vpn-gateway': 'gateway',
  'customer-gateway': 'tunnel',
  'pre-shared-key': 'tunnel',
  'vpn-connection': 'tunnel',
  cen: 'cen',
  'transit-router': 'cen',
  'vpc-attachment': 'cen',
  'peer-attachment': 'cen',
  'route-table-association': 'cen',
  'route-table-propagation': 'cen',
  'cen-child-instance': 'cen',
  'bandwidth-package': 'cen',
  'inter-region-bandwidth': 'cen',
  'vpn-route': 'routes',
  'vpc-route': 'routes',
  'cen-route': 'routes',
  'security-group-rules': 'security-group',
};
