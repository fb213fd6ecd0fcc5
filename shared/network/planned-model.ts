/**
 * What the cloud's tables would hold once exactly these resources exist, and no others.
 *
 * 1. A resource whose own references are not in the list cannot exist: a connection without its gateway, customer
 *    gateway or key is left out, and so is what stands on it. `needs` is not consulted: it also orders.
 * 2. Nothing is implicit: a route stands in a table because a resource of the list put it there.
 * 3. Ids are the resources' own; the tables that the cloud makes are called `system`.
 */
import type { Cidr } from '../cidr';
import type { DesiredResource, ResourceId } from '../plan/desired';
import type { Office, Topology, Vpc } from '../topology/topology';
import type {
  ApplicationModel,
  CenModel,
  GatewayModel,
  NetworkModel,
  OfficeModel,
  SecurityGroupModel,
  SecurityRule,
  VpcModel,
  VpcTable,
} from './model';
import { indexPlan, type PlanIndex, SYSTEM_TABLE } from './plan-index';
import { plannedBasicCen } from './planned-basic-cen';
import { plannedTransitCen } from './planned-transit-cen';

export function plannedModel(topology: Topology, resources: readonly DesiredResource[]): NetworkModel {
  const plan = indexPlan(resources);
  const vpcs = topology.vpcs.map((vpc) => plannedVpc(plan, vpc));
  const gateways = plannedGateways(topology, plan);
  for (const vpc of vpcs) writeGatewayRoutes(plan, vpc, gateways);
  return {
    vpcs,
    gateways: gateways.map(({ model }) => model),
    offices: plannedOffices(
      topology,
      gateways.map(({ model }) => model),
    ),
    cen: plannedCen(topology, plan, vpcs),
  };
}

/** The VPC as it was before: its tables without an entry, its applications' groups with the planned rules alone. */
function plannedVpc(plan: PlanIndex, vpc: Vpc): VpcModel {
  const custom = new Set(vpc.vSwitches.flatMap(({ routeTable }) => routeTable ?? []));
  return {
    name: vpc.name,
    id: vpc.id,
    region: vpc.region,
    cidrs: vpc.cidrs,
    vSwitches: vpc.vSwitches.map(({ id, cidr, routeTable }) => ({ id, cidr, tableId: routeTable ?? SYSTEM_TABLE })),
    tables: [
      { id: SYSTEM_TABLE, kind: 'system', routes: [] },
      ...[...custom].map((id): VpcTable => ({ id, kind: 'custom', routes: [] })),
    ],
    applications: vpc.applications.map(
      ({ ref, vSwitch, addresses, ports, securityGroup }): ApplicationModel => ({
        ref,
        vSwitchId: vSwitch,
        addresses,
        ports,
        securityGroupIds: [securityGroup],
      }),
    ),
    securityGroups: [...new Set(vpc.applications.map(({ securityGroup }) => securityGroup))].map((id) =>
      plannedGroup(plan, id, vpc.region),
    ),
  };
}

/** A basic group: whether it is an enterprise one is not in the file. */
function plannedGroup(plan: PlanIndex, id: string, region: string): SecurityGroupModel {
  const rules = plan
    .of('security-group-rules')
    .filter(({ desired }) => desired.securityGroupId === id && desired.region === region)
    .flatMap(({ desired }) => desired.rules)
    .map(
      ({ source, port }): SecurityRule => ({ direction: 'ingress', peer: source, port, policy: 'accept', priority: 1 }),
    );
  return { id, type: 'normal', rules };
}

interface PlannedGateway {
  vpcId: string;
  model: GatewayModel;
}

function plannedGateways(topology: Topology, plan: PlanIndex): PlannedGateway[] {
  const nameOf = new Map(topology.vpcs.map((vpc) => [vpc.id, vpc.name]));
  const connections = standingConnections(topology, plan);
  const routes = plan.of('vpn-route').map(({ desired }) => desired);
  return plan.of('vpn-gateway').map(({ id, desired: { vpcId, vSwitchIds } }) => {
    const own = connections.filter((connection) => connection.gateway === id);
    const ids = new Set(own.map((connection) => connection.id));
    return {
      vpcId,
      model: {
        id,
        name: id,
        vpc: nameOf.get(vpcId) ?? vpcId,
        vSwitchIds: [...new Set(vSwitchIds)],
        connections: own.map(({ gateway: _, ...connection }) => connection),
        destinationRoutes: routes
          .filter((route) => route.gateway === id && ids.has(route.connection))
          .map(({ destination, connection }) => ({ destination, connectionId: connection })),
        // Connections are made with AutoConfigRoute off, so no policy route comes with them.
        policyRoutes: [],
      },
    };
  });
}

type StandingConnection = GatewayModel['connections'][number] & { id: ResourceId; gateway: ResourceId };

function standingConnections(topology: Topology, plan: PlanIndex): StandingConnection[] {
  const addresses = new Map(plan.of('customer-gateway').map(({ id, desired }) => [id, desired.address]));
  const vpcOf = new Map(plan.of('vpn-gateway').map(({ id, desired }) => [id, desired.vpcId]));
  const officesAt = officesByGate(topology);
  return plan.of('vpn-connection').flatMap(({ id, desired }): StandingConnection[] => {
    const { gateway, customerGateway, presharedKey, cloudSide, officeSide } = desired;
    const address = addresses.get(customerGateway);
    const vpcId = vpcOf.get(gateway);
    if (address === undefined || vpcId === undefined || (presharedKey && !plan.has(presharedKey))) return [];
    const candidates = officesAt.get(`${vpcId} ${address}`) ?? [];
    const office = candidates.find(({ name }) => id.endsWith(`/${name}`)) ?? candidates[0];
    return [{ id, office: office?.name ?? null, cloudSide, officeSide, gateway }];
  });
}

/** An office is known to the cloud by its address and the VPC it hangs on; two with both alike are an error of the file. */
function officesByGate(topology: Topology): Map<string, Office[]> {
  const idOf = new Map(topology.vpcs.map((vpc) => [vpc.name, vpc.id]));
  const offices = new Map<string, Office[]>();
  for (const office of topology.offices) {
    const key = `${idOf.get(office.vpc)} ${office.address}`;
    offices.set(key, [...(offices.get(key) ?? []), office]);
  }
  return offices;
}

function plannedOffices(topology: Topology, gateways: readonly GatewayModel[]): OfficeModel[] {
  const ends = new Map<string, { gatewayId: string; connectionId: string }>();
  for (const gateway of gateways)
    for (const { id, office } of gateway.connections)
      if (office !== null && !ends.has(office)) ends.set(office, { gatewayId: gateway.id, connectionId: id });
  return topology.offices.map(({ name, cidrs }) => {
    const end = ends.get(name);
    return { name, cidrs, gatewayId: end?.gatewayId ?? null, connectionId: end?.connectionId ?? null };
  });
}

/** Destination routes are published to the system table; custom ones get what was asked for one by one. */
function writeGatewayRoutes(plan: PlanIndex, vpc: VpcModel, gateways: readonly PlannedGateway[]): void {
  for (const { vpcId, model } of gateways) {
    if (vpcId !== vpc.id) continue;
    for (const { destination } of model.destinationRoutes) addRoute(vpc, SYSTEM_TABLE, destination, model.id);
  }
  const standing = new Set(gateways.map(({ model }) => model.id));
  for (const { desired } of plan.of('vpc-route'))
    if (desired.vpcId === vpc.id && standing.has(desired.gateway))
      addRoute(vpc, desired.routeTableId, desired.destination, desired.gateway);
}

function addRoute(vpc: VpcModel, tableId: string, destination: Cidr, gatewayId: string): void {
  const table = vpc.tables.find(({ id }) => id === tableId);
  if (table) table.routes.push({ destination, nextHop: { kind: 'vpn-gateway', id: gatewayId } });
}

function plannedCen(topology: Topology, plan: PlanIndex, vpcs: VpcModel[]): CenModel | null {
  const cen = plan.of('cen')[0];
  if (!cen) return null;
  return topology.backbone.edition === 'basic'
    ? plannedBasicCen(plan, cen.id, vpcs, topology.backbone)
    : plannedTransitCen(plan, cen.id, vpcs);
}
