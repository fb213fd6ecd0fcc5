/**
 * How resources are called: the kind, then the file's own names or the cloud's, whichever stays the same for as long
 * as it is the same resource. A connection and its routes go by the office (which may move to another VPC), a VPC
 * route by its table, the rules of a group by the group.
 */
import type { Cidr, Ipv4 } from '../../cidr';
import type { Office, OfficeName, VpcName } from '../../topology/topology';
import type { Kind, ResourceId } from '../desired';

const id = (kind: Kind, ...name: string[]): ResourceId => [kind, ...name].join('/') as ResourceId;

export const gatewayId = (vpc: VpcName): ResourceId => id('vpn-gateway', vpc);
export const customerGatewayId = (region: string, address: Ipv4): ResourceId => id('customer-gateway', region, address);
/** One that the file names stands under its own id: while tunnels change from one key to the other, both are recorded. */
export const presharedKeyId = ({ name, presharedKeySecret }: Office): ResourceId =>
  presharedKeySecret === null ? id('pre-shared-key', name) : id('pre-shared-key', name, presharedKeySecret);
export const connectionId = (office: OfficeName): ResourceId => id('vpn-connection', office);
export const vpnRouteId = (office: OfficeName, destination: Cidr): ResourceId => id('vpn-route', office, destination);
export const vpcRouteId = (table: string, destination: Cidr): ResourceId => id('vpc-route', table, destination);

export const cenId = (network: string): ResourceId => id('cen', network);
export const routerId = (region: string): ResourceId => id('transit-router', region);
export const vpcAttachmentId = (vpc: VpcName): ResourceId => id('vpc-attachment', vpc);
export const peerAttachmentId = (regions: [string, string]): ResourceId => id('peer-attachment', ...regions);
export const associationId = (attachment: ResourceId, region: string): ResourceId =>
  id('route-table-association', attachment, region);
export const propagationId = (attachment: ResourceId, region: string): ResourceId =>
  id('route-table-propagation', attachment, region);
export const childInstanceId = (vpc: VpcName): ResourceId => id('cen-child-instance', vpc);
export const bandwidthPackageId = (packageId: string): ResourceId => id('bandwidth-package', packageId);
export const interRegionBandwidthId = (regions: [string, string]): ResourceId =>
  id('inter-region-bandwidth', ...regions);
export const cenRouteId = (office: OfficeName, destination: Cidr): ResourceId => id('cen-route', office, destination);

export const securityGroupRulesId = (region: string, group: string): ResourceId =>
  id('security-group-rules', region, group);
