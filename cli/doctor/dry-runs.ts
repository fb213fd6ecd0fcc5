/**
 * The calls with which networks are built, of which a dry run can be asked. None can make anything: `DryRun` is set,
 * and should a service not heed it, the ids are of nothing. (The cloud's own have no hyphen after their prefix.)
 *
 * CreateVpnGateway, CreateCustomerGateway, CreateCen and AuthorizeSecurityGroup have no dry run, so they are not asked.
 */
import type { CloudRequest } from '../../shared/engine/cloud';
import type { Topology } from '../../shared/topology/topology';

const GATEWAY = { VpnGatewayId: 'vpn-trunkline-doctor' };
const ROUTER = { TransitRouterId: 'tr-trunkline-doctor' };
const ATTACHED = {
  TransitRouterAttachmentId: 'tr-attach-trunkline-doctor',
  TransitRouterRouteTableId: 'vtb-trunkline-doctor',
};
const CEN = { CenId: 'cen-trunkline-doctor' };

/** Of the file's regions and edition; without a file, of the functions' own region and of both editions. */
export function dryRuns(topology: Topology | null, region: string): CloudRequest[] {
  const regions = topology === null ? [region] : [...new Set(topology.vpcs.map((vpc) => vpc.region))];
  const withRouters = topology === null || topology.backbone.edition === 'transit-router';
  return [...regions.flatMap(ofVpc), ...(withRouters ? ofCen(regions[0] ?? region) : [])];
}

function ofVpc(region: string): CloudRequest[] {
  const dry = (action: string, parameters: CloudRequest['parameters']): CloudRequest => ({
    service: 'vpc',
    region,
    action,
    parameters: { ...parameters, DryRun: true },
  });
  const [here, there] = ['192.0.2.0/25', '192.0.2.128/25'];
  return [
    dry('CreateVpnConnection', { ...GATEWAY, LocalSubnet: here, RemoteSubnet: there }),
    dry('CreateVpnRouteEntry', {
      ...GATEWAY,
      NextHop: 'vco-trunkline-doctor',
      RouteDest: there,
      Weight: 100,
      PublishVpc: false,
    }),
    dry('CreateRouteEntry', {
      RouteTableId: 'vtb-trunkline-doctor',
      DestinationCidrBlock: there,
      NextHopType: 'VpnGateway',
      NextHopId: GATEWAY.VpnGatewayId,
    }),
  ];
}

function ofCen(region: string): CloudRequest[] {
  const dry = (action: string, parameters: CloudRequest['parameters']): CloudRequest => ({
    service: 'cbn',
    region: null,
    action,
    parameters: { ...parameters, DryRun: true },
  });
  const zone = { ZoneId: `${region}-a`, VSwitchId: 'vsw-trunkline-doctor' };
  return [
    dry('CreateTransitRouter', { ...CEN, RegionId: region }),
    dry('CreateTransitRouterVpcAttachment', {
      ...CEN,
      ...ROUTER,
      RegionId: region,
      VpcId: 'vpc-trunkline-doctor',
      ZoneMappings: [zone],
    }),
    dry('CreateTransitRouterPeerAttachment', {
      ...CEN,
      ...ROUTER,
      RegionId: region,
      PeerTransitRouterId: 'tr-trunkline-doctor-peer',
      PeerTransitRouterRegionId: region,
    }),
    dry('AssociateTransitRouterAttachmentWithRouteTable', ATTACHED),
    dry('EnableTransitRouterRouteTablePropagation', ATTACHED),
  ];
}
