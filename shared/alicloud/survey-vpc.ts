/** One VPC with its gateway, its connections and who may reach what in it. Reads only. */
import type { Surveyed, SurveyedConnection, SurveyedGateway, SurveyedGroup, SurveyedVpc } from '../adoption/surveyed';
import type { Cloud } from '../engine/cloud';
import { tunnelsOf } from '../resources/tunnel-parameters';
import { listCustomerGateways } from './reads/customer-gateways';
import { listRouteTables } from './reads/route-tables';
import {
  addressesOf,
  listNetworkInterfaces,
  listPermissions,
  listSecurityGroups,
  type NetworkInterfaceReading,
} from './reads/security-groups';
import { listVSwitches, readVpc } from './reads/vpcs';
import { customerGatewaysOf, listVpnConnections, type VpnConnectionReading } from './reads/vpn-connections';
import { listVpnGateways, type VpnGatewayReading, vSwitchesOf } from './reads/vpn-gateways';
import { listDestinationRoutes, listPolicyRoutes } from './reads/vpn-routes';
import { readRule } from './security-rules';

interface Wanted {
  region: string;
  id: string;
  attachedVSwitches: string[];
}

interface Reading {
  vpc: SurveyedVpc;
  unsaid: Surveyed['unsaid'];
}

/** Null where the account has no such VPC. */
export async function surveyVpc(cloud: Cloud, { region, id, attachedVSwitches }: Wanted): Promise<Reading | null> {
  const vpc = await readVpc(cloud, region, id);
  if (!vpc) return null;
  const unsaid: string[] = [];
  const gateways = await listVpnGateways(cloud, region, id);
  const [gateway, ...others] = gateways;
  for (const { VpnGatewayId } of others) unsaid.push(`${VpnGatewayId} is a second VPN gateway of ${id}`);
  return {
    vpc: {
      region,
      id,
      name: vpc.VpcName,
      cidrs: [vpc.CidrBlock, ...vpc.SecondaryCidrBlocks.SecondaryCidrBlock],
      vSwitches: await vSwitches(cloud, region, id),
      gateway: gateway ? await surveyGateway(cloud, region, gateway, unsaid) : null,
      attachedVSwitches,
      groups: await surveyGroups(cloud, region, id),
    },
    unsaid,
  };
}

async function vSwitches(cloud: Cloud, region: string, vpcId: string): Promise<SurveyedVpc['vSwitches']> {
  const tables = await listRouteTables(cloud, region, { VpcId: vpcId });
  const custom = new Map(
    tables
      .filter(({ RouteTableType }) => RouteTableType !== 'System')
      .flatMap(({ RouteTableId, VSwitchIds }) => VSwitchIds.VSwitchId.map((vSwitch) => [vSwitch, RouteTableId])),
  );
  return (await listVSwitches(cloud, region, vpcId)).map(({ VSwitchId, ZoneId, CidrBlock }) => ({
    id: VSwitchId,
    zone: ZoneId,
    cidr: CidrBlock,
    routeTable: custom.get(VSwitchId) ?? null,
  }));
}

async function surveyGateway(
  cloud: Cloud,
  region: string,
  gateway: VpnGatewayReading,
  unsaid: string[],
): Promise<SurveyedGateway | null> {
  const { VpnGatewayId: id, DisasterRecoveryInternetIp, Spec, AutoPropagate } = gateway;
  if (DisasterRecoveryInternetIp === '') {
    unsaid.push(`${id} has one address and one tunnel a connection: such a gateway is not imported`);
    return null;
  }
  if (AutoPropagate) unsaid.push(`${id} propagates BGP's routes, which route synchronisation rules out`);
  for (const { RouteSource, RouteDest } of await listPolicyRoutes(cloud, region, id))
    unsaid.push(`${id} has a policy route from ${RouteSource} to ${RouteDest}`);
  const addresses = new Map(
    (await listCustomerGateways(cloud, region)).map(({ CustomerGatewayId, IpAddress }) => [
      CustomerGatewayId,
      IpAddress,
    ]),
  );
  const routes = await listDestinationRoutes(cloud, region, id);
  const connections = (await listVpnConnections(cloud, region, id)).flatMap((connection): SurveyedConnection[] => {
    const offices = [...new Set(customerGatewaysOf(connection))];
    const address = addresses.get(offices[0] ?? '');
    if (offices.length !== 1 || address === undefined) {
      unsaid.push(`${connection.VpnConnectionId} leads to ${offices.length} customer gateways, not to one`);
      return [];
    }
    const leads = routes.filter(({ NextHop }) => NextHop === connection.VpnConnectionId);
    return [
      surveyConnection(
        connection,
        address,
        leads.map(({ RouteDest }) => RouteDest),
      ),
    ];
  });
  return { id, bandwidthMbps: Number.parseInt(Spec, 10) || 0, vSwitches: vSwitchesOf(gateway), connections };
}

const surveyConnection = (connection: VpnConnectionReading, address: string, routes: string[]): SurveyedConnection => ({
  id: connection.VpnConnectionId,
  name: connection.Name,
  address,
  cloudSide: blocks(connection.LocalSubnet),
  officeSide: blocks(connection.RemoteSubnet),
  algorithms: tunnelsOf(connection, () => null).map((tunnel) => tunnel.algorithms),
  routes,
});

const blocks = (subnets: string): string[] => subnets.split(',').map((block) => block.trim());

async function surveyGroups(cloud: Cloud, region: string, vpcId: string): Promise<SurveyedGroup[]> {
  const interfaces = await listNetworkInterfaces(cloud, region, vpcId);
  const groups = await listSecurityGroups(cloud, region, vpcId);
  return Promise.all(
    groups.map(async ({ SecurityGroupId: id }) => ({
      id,
      rules: (await listPermissions(cloud, region, id, 'ingress')).flatMap(readRule),
      members: membersOf(interfaces.filter(({ SecurityGroupIds }) => SecurityGroupIds.SecurityGroupId.includes(id))),
    })),
  );
}

function membersOf(interfaces: readonly NetworkInterfaceReading[]): SurveyedGroup['members'] {
  const members = new Map<string, Set<string>>();
  for (const one of interfaces) {
    const addresses = members.get(one.VSwitchId) ?? new Set();
    members.set(one.VSwitchId, addresses);
    for (const address of addressesOf(one)) if (address !== '') addresses.add(address);
  }
  return [...members].map(([vSwitch, addresses]) => ({ vSwitch, addresses: [...addresses].sort() }));
}
