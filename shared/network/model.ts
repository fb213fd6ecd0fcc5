/**
 * What the proof reasons about: the tables, selectors and groups that forward a packet, and nothing else. Built from
 * a topology's desired resources (planned-model.ts) or from what was read back from the cloud
 * (shared/alicloud/read-network.ts); the proof cannot tell the two apart.
 */
import type { Cidr, Ipv4 } from '../cidr';
import type { PortRange } from '../topology/topology';

export interface NetworkModel {
  vpcs: VpcModel[];
  gateways: GatewayModel[];
  offices: OfficeModel[];
  cen: CenModel | null;
}

export interface VpcModel {
  name: string;
  id: string;
  region: string;
  cidrs: Cidr[];
  vSwitches: { id: string; cidr: Cidr; tableId: string }[];
  tables: VpcTable[];
  applications: ApplicationModel[];
  securityGroups: SecurityGroupModel[];
}

export interface VpcTable {
  id: string;
  kind: 'system' | 'custom';
  /** Without the VPC's own vSwitch routes: those are implied and always win (a more specific entry is refused). */
  routes: { destination: Cidr; nextHop: VpcNextHop }[];
}

export type VpcNextHop =
  | { kind: 'vpn-gateway'; id: string }
  /** A transit router's VPC attachment. */
  | { kind: 'attachment'; id: string }
  /** Basic edition: the CEN instance carries it to `vpcId` of `region`. */
  | { kind: 'cen'; vpcId: string; region: string }
  | { kind: 'other'; type: string; id: string };

export interface ApplicationModel {
  /** `virginia.orders` */
  ref: string;
  vSwitchId: string;
  addresses: Ipv4[];
  ports: PortRange[];
  /** All groups on the interface that carries the addresses; they merge. */
  securityGroupIds: string[];
}

export interface SecurityGroupModel {
  id: string;
  type: 'normal' | 'enterprise';
  rules: SecurityRule[];
}

export interface SecurityRule {
  direction: 'ingress' | 'egress';
  /** The far side's block (source of ingress, destination of egress); null where the rule names a group or prefix list, which no office matches. */
  peer: Cidr | null;
  port: PortRange;
  policy: 'accept' | 'drop';
  /** 1 to 100, the lowest wins, on a tie drop wins. */
  priority: number;
}

export interface GatewayModel {
  id: string;
  name: string;
  /** The VpcModel's name. */
  vpc: string;
  /** Whose tables its decrypted packets look up. */
  vSwitchIds: string[];
  connections: ConnectionModel[];
  /** Longest prefix wins. */
  destinationRoutes: { destination: Cidr; connectionId: string }[];
  /** Looked up before the destination routes, by priority, the lowest first, whatever the prefix. */
  policyRoutes: { source: Cidr; destination: Cidr; connectionId: string; priority: number }[];
}

export interface ConnectionModel {
  id: string;
  /** Null for one that no office of the topology ends. */
  office: string | null;
  cloudSide: Cidr[];
  officeSide: Cidr[];
}

export interface OfficeModel {
  name: string;
  cidrs: Cidr[];
  /** The gateway its tunnel ends at; null where there is none. */
  gatewayId: string | null;
  connectionId: string | null;
}

export type CenModel =
  | {
      edition: 'transit-router';
      id: string;
      routers: { id: string; region: string; tables: RouterTable[] }[];
      /** `vpc` is the VpcModel's name; the cloud's id for one that the topology does not name. */
      vpcAttachments: { id: string; routerId: string; vpc: string; vSwitchIds: string[] }[];
      /** Made once, seen from both routers. 0 Mbit/s is what the cloud gives without bandwidth: 1 kbit/s. */
      peerAttachments: { id: string; routerIds: [string, string]; bandwidthMbps: number }[];
      /** Which table of which router forwards what enters from the attachment. A peer attachment has one a side. */
      associations: { attachmentId: string; routerId: string; tableId: string }[];
    }
  | {
      edition: 'basic';
      id: string;
      /** By the cloud's ids, as `vpcId` in the routes. */
      attachedVpcs: string[];
      /** CEN's own table of each region. */
      tables: { region: string; routes: { destination: Cidr; vpcId: string; region: string }[] }[];
      bandwidths: { regions: [string, string]; bandwidthMbps: number }[];
    };

export interface RouterTable {
  id: string;
  routes: { destination: Cidr; nextHop: { kind: 'attachment'; id: string } | { kind: 'black-hole' } }[];
}
