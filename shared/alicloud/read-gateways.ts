/** Every VPN gateway of the topology's VPCs, with what ends there and where it sends what. */
import { cidr } from '../cidr';
import type { Cloud } from '../engine/cloud';
import type { ConnectionModel, GatewayModel, OfficeModel } from '../network/model';
import type { Topology, Vpc } from '../topology/topology';
import type { CustomerGatewayReading } from './reads/customer-gateways';
import { customerGatewaysOf, listVpnConnections, type VpnConnectionReading } from './reads/vpn-connections';
import { listVpnGateways, type VpnGatewayReading, vSwitchesOf } from './reads/vpn-gateways';
import { listDestinationRoutes, listPolicyRoutes } from './reads/vpn-routes';

type CustomerGateways = ReadonlyMap<string, CustomerGatewayReading>;

export async function readGateways(
  cloud: Cloud,
  topology: Topology,
  read: Pick<Around, 'customerGateways' | 'tunnels'>,
): Promise<GatewayModel[]> {
  const perVpc = await Promise.all(
    topology.vpcs.map(async (vpc) => {
      const gateways = (await listVpnGateways(cloud, vpc.region, vpc.id)).filter(forwards);
      return Promise.all(gateways.map((gateway) => readGateway({ cloud, topology, ...read }, vpc, gateway)));
    }),
  );
  return perVpc.flat();
}

/** `negotiated`: what the office's side has not agreed to carries nothing. */
export type TunnelsRead = 'configured' | 'negotiated';

/** One of two tunnels is enough. */
const isUp = ({ Status, TunnelOptionsSpecification: { TunnelOptions } }: VpnConnectionReading): boolean =>
  [Status, ...TunnelOptions.map((tunnel) => tunnel.Status)].includes('ipsec_sa_established');

/** It forwards while it is changed, too; one that is not yet made, or locked for its bill, does not. */
const forwards = ({ Status, BusinessStatus }: VpnGatewayReading): boolean =>
  (Status === 'active' || Status === 'updating') && BusinessStatus === 'Normal';

interface Around {
  cloud: Cloud;
  topology: Topology;
  customerGateways: CustomerGateways;
  tunnels: TunnelsRead;
}

async function readGateway(
  { cloud, topology, customerGateways, tunnels }: Around,
  vpc: Vpc,
  gateway: VpnGatewayReading,
): Promise<GatewayModel> {
  const { VpnGatewayId: id, Name, DisasterRecoveryInternetIp } = gateway;
  const [connections, destinationRoutes, policyRoutes] = await Promise.all([
    listVpnConnections(cloud, vpc.region, id),
    listDestinationRoutes(cloud, vpc.region, id),
    listPolicyRoutes(cloud, vpc.region, id),
  ]);
  // Weight 0 stands by, except on a gateway with two tunnels a connection, which does not look at it.
  const active = ({ Weight }: { Weight: number }): boolean => Weight > 0 || DisasterRecoveryInternetIp !== '';
  return {
    id,
    name: Name,
    vpc: vpc.name,
    vSwitchIds: vSwitchesOf(gateway),
    connections: connections
      .filter(({ State }) => State === 'active' || State === 'updating')
      .filter((connection) => tunnels === 'configured' || isUp(connection))
      .map((connection) => connectionModel(topology, vpc, connection, customerGateways)),
    destinationRoutes: destinationRoutes
      .filter(active)
      .map(({ RouteDest, NextHop }) => ({ destination: cidr(RouteDest), connectionId: NextHop })),
    policyRoutes: policyRoutes.filter(active).map(({ RouteSource, RouteDest, NextHop, Priority }) => ({
      source: cidr(RouteSource),
      destination: cidr(RouteDest),
      connectionId: NextHop,
      priority: Priority,
    })),
  };
}

/** Whose it is, the public address says: names and tags are only what somebody wrote. */
function connectionModel(
  { offices }: Topology,
  vpc: Vpc,
  connection: VpnConnectionReading,
  customerGateways: CustomerGateways,
): ConnectionModel {
  const addresses = customerGatewaysOf(connection).map((id) => customerGateways.get(id)?.IpAddress);
  const office = offices.find((each) => each.vpc === vpc.name && addresses.includes(each.address));
  return {
    id: connection.VpnConnectionId,
    office: office?.name ?? null,
    cloudSide: blocks(connection.LocalSubnet),
    officeSide: blocks(connection.RemoteSubnet),
  };
}

const blocks = (subnets: string): ReturnType<typeof cidr>[] => subnets.split(',').map((block) => cidr(block.trim()));

/** Where an office has several connections, the one that is on record; else the first. */
export function officeModels(
  { offices }: Topology,
  gateways: readonly GatewayModel[],
  known: ReadonlySet<string>,
): OfficeModel[] {
  return offices.map(({ name, cidrs }) => {
    const ends = gateways.flatMap(({ id, connections }) =>
      connections.flatMap((connection) =>
        connection.office === name ? [{ gatewayId: id, connectionId: connection.id }] : [],
      ),
    );
    const end = ends.find(({ connectionId }) => known.has(connectionId)) ?? ends[0];
    return { name, cidrs, gatewayId: end?.gatewayId ?? null, connectionId: end?.connectionId ?? null };
  });
}
