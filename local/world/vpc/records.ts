/** What the VPC service keeps. Times are EpochMs; the actions write them as the API does. */

export const VPCS = 'vpc.vpcs';
export const VSWITCHES = 'vpc.vswitches';
export const ROUTE_TABLES = 'vpc.route-tables';
/** Entries that someone made: by CreateRouteEntry, or by publishing a VPN route. What CEN adds is derived on reading. */
export const ROUTE_ENTRIES = 'vpc.route-entries';
export const VPN_GATEWAYS = 'vpc.vpn-gateways';
export const CUSTOMER_GATEWAYS = 'vpc.customer-gateways';
export const OFFICES = 'vpc.offices';
export const VPN_CONNECTIONS = 'vpc.vpn-connections';
/** Destination routes, key `gateway/next hop/destination/weight`. */
export const VPN_ROUTE_ENTRIES = 'vpc.vpn-route-entries';
/** Policy routes, key `gateway/next hop/source/destination/priority`. */
export const VPN_POLICY_ROUTES = 'vpc.vpn-policy-routes';

export interface Tag {
  Key: string;
  Value: string;
}

/**
 * What may be absent, here and below, comes by a call: a VPC of the account's file is available, described by nobody and
 * in no resource group, and so is one in the data of an earlier release.
 */
export interface VpcRecord {
  id: string;
  region: string;
  name: string;
  description?: string;
  cidr: string;
  /** The block that it was made with, where ModifyVpcAttribute has changed it since. */
  firstCidr?: string;
  secondaryCidrs: string[];
  /** Blocks of its users' own networks, which public addresses of are taken for private ones. */
  userCidrs?: string[];
  dnsHostname?: boolean;
  status?: 'Pending' | 'Available' | 'Deleting';
  resourceGroupId?: string;
  createdAt: number;
  tags: Tag[];
}

export interface VSwitchRecord {
  id: string;
  vpcId: string;
  zone: string;
  cidr: string;
  name: string;
  description?: string;
  /** `Pending` while it comes and while it goes, as the service has it. */
  status?: 'Pending' | 'Available';
  tags?: Tag[];
  /** The bound table; the VPC's system table unless a custom one was bound. */
  routeTableId: string;
  /** Addresses taken by instances, gateways and attachments. */
  usedAddresses: string[];
  createdAt: number;
}

export interface RouteTableRecord {
  id: string;
  vpcId: string;
  type: 'System' | 'Custom';
  name: string;
  description?: string;
  status?: 'Creating' | 'Available' | 'Deleting';
  /** Whether routes that a transit router synchronises reach it. */
  routePropagationEnable: boolean;
  tags?: Tag[];
  createdAt: number;
}

export interface RouteEntryRecord {
  id: string;
  routeTableId: string;
  destination: string;
  nextHopType: string;
  nextHopId: string;
  name: string;
  description: string;
  status: 'Pending' | 'Available' | 'Deleting';
  /** The VPN gateway whose published route this is; such an entry goes when the publication goes. */
  publishedBy: string | null;
  createdAt: number;
}

export interface VpnGatewayRecord {
  id: string;
  region: string;
  vpcId: string;
  name: string;
  description: string;
  /** `null` on a gateway with one tunnel a connection. */
  vSwitchIds: [string, string | null];
  /** One in each vSwitch; each takes an address of it while the gateway lives. */
  interfaces: { id: string; vSwitchId: string; address: string }[];
  /** Public addresses; empty until it is active. */
  internetIp: string;
  disasterRecoveryInternetIp: string | null;
  bandwidthMbps: number;
  networkType: 'public' | 'private';
  status: 'init' | 'provisioning' | 'active' | 'updating' | 'deleting';
  businessStatus: 'Normal' | 'FinancialLocked';
  autoPropagate: boolean;
  chargeType: 'PREPAY' | 'POSTPAY';
  /** When a prepaid one ends; null where it is paid by the hour. */
  expiresAt: number | null;
  resourceGroupId?: string;
  createdAt: number;
  tags: Tag[];
}

export interface CustomerGatewayRecord {
  id: string;
  region: string;
  ipAddress: string;
  name: string;
  description: string;
  /** Null where none was given. */
  asn: number | null;
  resourceGroupId?: string;
  createdAt: number;
  tags: Tag[];
}

/** A device that the account's file names, by its public address. */
export interface OfficeRecord {
  address: string;
  /** Of the cloud's time, until it runs what stands on the cloud's side; null for never. */
  appliesAfterMinutes: number | null;
  /** Whether it runs the first settings of a tunnel for ever. */
  once: boolean;
}

export interface TunnelRecord {
  id: string;
  role: 'master' | 'slave';
  customerGatewayId: string;
  state: 'active' | 'updating' | 'deleting';
  /** Counts its settings from 1. */
  version: number;
  /** Since when its settings are these. */
  standsSince: number;
  /** What the office's device, as it was until then, does not agree with. */
  differs: 'phase-1' | 'phase-2';
  enableDpd: boolean;
  enableNatTraversal: boolean;
  ike: Record<
    'Psk' | 'IkeVersion' | 'IkeMode' | 'IkeEncAlg' | 'IkeAuthAlg' | 'IkePfs' | 'IkeLifetime' | 'LocalId' | 'RemoteId',
    string
  >;
  ipsec: Record<'IpsecEncAlg' | 'IpsecAuthAlg' | 'IpsecPfs' | 'IpsecLifetime', string>;
}

export interface VpnConnectionRecord {
  id: string;
  region: string;
  vpnGatewayId: string;
  name: string;
  /** As the API calls them: the cloud's side. */
  localSubnet: string;
  /** The office's side. */
  remoteSubnet: string;
  state: 'init' | 'active' | 'updating' | 'deleting';
  effectImmediately: boolean;
  autoConfigRoute: boolean;
  /** Two on a dual-tunnel gateway, in the order in which they were asked for; one otherwise. */
  tunnels: TunnelRecord[];
  createdAt: number;
  tags: Tag[];
}

export interface VpnRouteEntryRecord {
  vpnGatewayId: string;
  connectionId: string;
  destination: string;
  weight: number;
  published: boolean;
  createdAt: number;
}

export interface VpnPolicyRouteRecord {
  vpnGatewayId: string;
  connectionId: string;
  source: string;
  destination: string;
  weight: number;
  /** The lowest first, whatever the prefixes. */
  priority: number;
  /** Made by AutoConfigRoute: it changes with the selectors and goes with the connection. */
  automatic: boolean;
  published: boolean;
  createdAt: number;
}
