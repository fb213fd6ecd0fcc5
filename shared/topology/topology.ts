/**
 * The topology as the rest of Trunkline sees it: names resolved, groups expanded, short forms and defaults gone,
 * every block canonical. parse-topology.ts makes one from the file; nobody else does.
 */
import type { Brand } from '../brand';
import type { Cidr, Ipv4 } from '../cidr';

export type NetworkName = Brand<string, 'NetworkName'>;
export type VpcName = string;
export type OfficeName = string;
/** `virginia.orders`: an application of a VPC. */
export type ApplicationRef = `${string}.${string}`;
/** A VPC or an office. Names are unique among both. */
export type SiteName = string;

export interface Topology {
  version: 1;
  name: NetworkName;
  tunnel: TunnelParameters;
  quotas: Quotas;
  backbone: Backbone;
  /** In the file's order. */
  vpcs: Vpc[];
  offices: Office[];
  /** Expanded; `stated` is false where the file left `access` out and everything is allowed. */
  access: { stated: boolean; rules: AccessRule[] };
  tests: ReachabilityTest[];
  onRemoval: 'keep' | 'destroy';
  /** What becomes of what somebody changed by hand: told, or also brought back. */
  onDrift: 'report' | 'repair';
  /** Who must agree before a plan is carried out; null: nobody. */
  approval: ApprovalPolicy | null;
  /** Whether nothing of the whole network may be removed or made anew. */
  protect: boolean;
  /** What stands already and is to be ours, in the file's order; nothing else that we did not make ever is (W6). */
  adopt: Adoption[];
}

export interface Adoption {
  /** As the plan names it: `vpn-gateway/virginia`. */
  resource: string;
  /** The cloud's id, or the tuple that stands for one. */
  cloudId: string;
}

export interface ApprovalPolicy {
  /** How many different ones must agree. */
  people: number;
  /** How long what somebody said holds. */
  validHours: number;
  /** A plan that keeps all of them needs nobody; null: every plan needs somebody. */
  unless: ApprovalRules | null;
}

/** Each is kept by every plan where it is false or null. */
export interface ApprovalRules {
  addsOnly: boolean;
  noOutage: boolean;
  noTestTouched: boolean;
  tasksAtMost: number | null;
  /** In the currency of the deployment's table of prices; without a table no plan keeps it. */
  monthlyCostBelow: number | null;
}

/** RFC 7296's names; values as the VPC API writes them. */
export interface TunnelParameters {
  ike: 'ikev1' | 'ikev2';
  encryption: 'aes' | 'aes192' | 'aes256';
  authentication: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  dhGroup: 'group2' | 'group5' | 'group14';
}

/** Limits of the account, overridden where the account's were raised. */
export interface Quotas {
  gateways: number;
  connectionsPerGateway: number;
  cidrsPerConnection: number;
  destinationRoutesPerGateway: number;
  customerGatewaysPerRegion: number;
  routesPerTable: number;
  routesPerCen: number;
  synchronisedVpcsPerTransitRouter: number;
  rulesPerSecurityGroup: number;
}

export type Backbone =
  | { edition: 'transit-router'; cen: string | null; bandwidthPackage: string | null; links: Link[] }
  | { edition: 'basic'; cen: string; bandwidthPackage: string | null; links: Link[] };

/** One per pair of VPCs' regions that must talk. */
export interface Link {
  /** Two regions, sorted. */
  regions: [string, string];
  /** The VPCs as the file names them, sorted like `regions`. */
  vpcs: [VpcName, VpcName];
  bandwidthMbps: number;
  crossBorder: boolean;
}

export interface Vpc {
  name: VpcName;
  region: string;
  id: string;
  cidrs: Cidr[];
  vSwitches: VSwitch[];
  gateway: { bandwidthMbps: number; vSwitches: [string, string] };
  attachment: { vSwitches: string[] };
  applications: Application[];
  /** Whether nothing of it may be removed or made anew. */
  protect: boolean;
}

export interface VSwitch {
  id: string;
  zone: string;
  cidr: Cidr;
  /** The custom route table bound to it; null for the VPC's system table. */
  routeTable: string | null;
}

export interface Application {
  name: string;
  ref: ApplicationRef;
  vpc: VpcName;
  securityGroup: string;
  vSwitch: string;
  addresses: Ipv4[];
  ports: PortRange[];
}

/** `icmp` and `all` have no ports: 0 to 65535. */
export interface PortRange {
  protocol: 'tcp' | 'udp' | 'icmp' | 'all';
  first: number;
  last: number;
}

export interface Office {
  name: OfficeName;
  vpc: VpcName;
  address: Ipv4;
  cidrs: Cidr[];
  device: string | null;
  /** ISO 3166-1 alpha-2; null where the file does not say. */
  country: string | null;
  /**
   * The traffic selectors of its connection. In the file `office` (cloud side 0.0.0.0/0, office side its CIDRs: the
   * default), `any` (0.0.0.0/0 on both), or both sides spelled out for a device that cannot do either.
   */
  selectors: { cloudSide: Cidr[]; officeSide: Cidr[] };
  /** A secret that exists in the key management service; null where Trunkline makes one. */
  presharedKeySecret: string | null;
  /** Its tunnels have a key that Trunkline does not know: neither made, nor read, nor sent. */
  keepsKey: boolean;
  /** Whether nothing of it may be removed or made anew. */
  protect: boolean;
}

/** `from` may start connections to `to`; replies need no rule. */
export interface AccessRule {
  from: SiteName | ApplicationRef;
  to: ApplicationRef | OfficeName;
  /** Empty for an office: its device decides. */
  ports: PortRange[];
}

export interface ReachabilityTest {
  from: SiteName | ApplicationRef;
  to: SiteName | ApplicationRef;
  port: PortRange | null;
  expect: 'reachable' | 'blocked';
}

/** `tcp/443`, `udp/500-600`, `icmp`, `all`. */
export function formatPort(range: PortRange): string {
  if (range.protocol === 'icmp' || range.protocol === 'all') return range.protocol;
  return range.first === range.last
    ? `${range.protocol}/${range.first}`
    : `${range.protocol}/${range.first}-${range.last}`;
}
